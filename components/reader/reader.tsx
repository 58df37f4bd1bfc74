'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import { kindOfPages } from '@/lib/client/kind-of-pages';
import type { Job } from '@/lib/jobs/schema';
import { NovelPage } from './novel-page';
import { type Panel, ReaderPanels } from './reader-panels';
import { FONT_SIZES, useReaderPreferences } from './reader-preferences';
import { ReaderToolbar } from './reader-toolbar';
import { useFirstPage } from './use-first-page';
import { useWideScreen } from './use-media';
import { leapInAddress, useBackAndForward } from './use-page-address';
import { useReaderKeys } from './use-reader-keys';
import { useReadingPlace } from './use-reading-place';
import { useReport } from './use-report';
import { useSentenceFocus } from './use-sentence-focus';
import { columnWidth, useTwoColumns } from './use-two-columns';

export function Reader({ job }: { job: Job }) {
  const [preferences, setPreferences] = useReaderPreferences();
  const [panel, setPanel] = useState<Panel>();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const isWide = useWideScreen();
  const hasTwoColumns = useTwoColumns();
  const firstPage = useFirstPage(job);
  const { list, items, virtualizer, page, goToPage, start, offsetTop } = useReadingPlace(job.id, firstPage, job.pages);
  const { marked, move, edit, goTo, turnTo, current } = useSentenceFocus(list, goToPage, start);
  const report = useReport(job);
  const kinds = useMemo(() => kindOfPages(report), [report]);

  const toggleOriginal = useCallback((position: number) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(position)) after.add(position);
      return after;
    });
  }, []);
  useBackAndForward(useCallback((to) => goTo(to ?? firstPage), [goTo, firstPage]));
  const pageBox = useRef<HTMLInputElement>(null);
  const leap = (to: number, position?: number) => {
    leapInAddress(page, to);
    goTo(to, position);
  };
  const keys = useMemo(
    () => ({
      j: () => move(1),
      k: () => move(-1),
      n: () => goTo(Math.min(job.pages, page + 1)),
      p: () => goTo(Math.max(firstPage, page - 1)),
      g: () => pageBox.current?.focus(),
      o: () => {
        const position = current();
        if (!isWide && position !== undefined) toggleOriginal(position);
        else setPreferences((before) => ({ ...before, hidesOriginal: !before.hidesOriginal }));
      },
      e: edit,
      '/': () => setPanel('search'),
      '?': () => setPanel('help'),
    }),
    [move, edit, goTo, page, firstPage, job.pages, current, isWide, toggleOriginal, setPreferences],
  );
  useReaderKeys(keys);

  return (
    <div className={columnWidth(hasTwoColumns)}>
      <ReaderToolbar
        job={job}
        page={page}
        firstPage={firstPage}
        isWide={isWide}
        preferences={preferences}
        onChange={setPreferences}
        pageBox={pageBox}
        onGoToPage={turnTo}
        onLeap={leap}
        onOpen={setPanel}
      />
      <div
        ref={list}
        data-marks={preferences.marksTooLong ? 'on' : 'off'}
        className="group/text book relative"
        style={{ height: virtualizer.getTotalSize(), fontSize: FONT_SIZES[preferences.fontStep] }}
      >
        <div
          className="absolute -inset-x-3 sm:-inset-x-4"
          // Not by a transform: sticky page numbers are laid out as if there were none.
          style={{ top: (items[0]?.start ?? offsetTop) - offsetTop }}
        >
          {items.map(({ key, index }) => (
            <div key={key} data-index={index} ref={virtualizer.measureElement}>
              {index + 1 >= firstPage && (
                <NovelPage
                  job={job}
                  page={index + 1}
                  isLast={index + 1 === job.pages}
                  kind={kinds.get(index + 1)}
                  hasTwoColumns={hasTwoColumns}
                  onlyChanged={preferences.onlyChanged}
                  marked={marked}
                  opened={opened}
                  onToggleOriginal={toggleOriginal}
                />
              )}
            </div>
          ))}
        </div>
      </div>
      <ReaderPanels job={job} open={panel} onClose={() => setPanel(undefined)} onGoToSentence={leap} />
    </div>
  );
}
