'use client';

import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { api } from '@/lib/client/browser-api';
import { kindOfPages } from '@/lib/client/kind-of-pages';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';
import { Gaps } from './gaps';
import { NovelPage } from './novel-page';
import { type Panel, ReaderPanels } from './reader-panels';
import { FONT_SIZES, useReaderPreferences } from './reader-preferences';
import { ReaderToolbar } from './reader-toolbar';
import { useReaderKeys } from './use-reader-keys';
import { useReadingPlace } from './use-reading-place';
import { useSentenceFocus } from './use-sentence-focus';
import { useWideScreen } from './use-wide-screen';

export function Reader({ job }: { job: Job }) {
  const [preferences, setPreferences] = useReaderPreferences();
  const [panel, setPanel] = useState<Panel>();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const isWide = useWideScreen();
  const hasTwoColumns = isWide && !preferences.hidesOriginal;
  const { list, items, virtualizer, page, goToPage, offsetTop } = useReadingPlace(job.id, job.pages);
  const { marked, move, goToSentence, current } = useSentenceFocus(list, goToPage);
  const { data: report } = useQuery({
    queryKey: queryKeys.report(job.id, job.status),
    queryFn: ({ signal }) => api.getReport(job.id, { signal }),
  });
  const kinds = useMemo(() => kindOfPages(report), [report]);

  const toggleOriginal = useCallback((position: number) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(position)) after.add(position);
      return after;
    });
  }, []);
  const keys = useMemo(
    () => ({
      j: () => move(1),
      k: () => move(-1),
      n: () => goToPage(page + 1),
      p: () => goToPage(page - 1),
      o: () => {
        const position = current();
        if (!isWide && position !== undefined) toggleOriginal(position);
        else setPreferences((before) => ({ ...before, hidesOriginal: !before.hidesOriginal }));
      },
      '/': () => setPanel('search'),
      '?': () => setPanel('help'),
    }),
    [move, goToPage, page, current, isWide, toggleOriginal, setPreferences],
  );
  useReaderKeys(keys);

  return (
    <div className={hasTwoColumns ? 'mx-auto max-w-5xl' : 'mx-auto max-w-[42rem]'}>
      {report && <Gaps report={report} />}
      <ReaderToolbar
        job={job}
        page={page}
        isWide={isWide}
        preferences={preferences}
        onChange={setPreferences}
        onGoToPage={goToPage}
        onOpen={setPanel}
      />
      <div
        ref={list}
        className="book relative"
        style={{ height: virtualizer.getTotalSize(), fontSize: FONT_SIZES[preferences.fontStep] }}
      >
        <div
          className="absolute inset-x-0"
          // Not by a transform: sticky page numbers are laid out as if there were none.
          style={{ top: (items[0]?.start ?? offsetTop) - offsetTop }}
        >
          {items.map(({ key, index }) => (
            <div key={key} data-index={index} ref={virtualizer.measureElement}>
              <NovelPage
                job={job}
                page={index + 1}
                kind={kinds.get(index + 1)}
                hasTwoColumns={hasTwoColumns}
                onlyChanged={preferences.onlyChanged}
                marked={marked}
                opened={opened}
                onToggleOriginal={toggleOriginal}
              />
            </div>
          ))}
        </div>
      </div>
      <ReaderPanels job={job} open={panel} onClose={() => setPanel(undefined)} onGoToSentence={goToSentence} />
    </div>
  );
}
