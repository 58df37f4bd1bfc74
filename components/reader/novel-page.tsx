import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Waiting } from '@/components/ui/waiting';
import { commonLack } from '@/lib/client/common-lack';
import type { PageKind } from '@/lib/french/novel-text';
import type { Job, SentencePair } from '@/lib/jobs/schema';
import { SentenceEditor } from './sentence-editor';
import { isChanged, SentenceRow } from './sentence-row';
import { usePageSentences } from './use-page-sentences';

interface NovelPageProps {
  job: Job;
  page: number;
  isLast: boolean;
  kind: PageKind | undefined;
  hasTwoColumns: boolean;
  onlyChanged: boolean;
  marked: number | undefined;
  opened: ReadonlySet<number>;
  onToggleOriginal: (position: number) => void;
}

export function NovelPage({ job, page, isLast, kind, onlyChanged, ...rows }: NovelPageProps) {
  const t = useTranslations('reader');
  const { data: sentences, error, refetch } = usePageSentences(job, page);
  return (
    <section
      aria-label={t('page', { page })}
      data-page={page}
      tabIndex={-1}
      className={classNames(
        'relative -scroll-mt-2 pb-6 outline-none xl:pt-2',
        // So that it can stand at the top of the screen like any other: the rest is the bar and the foot of the page.
        isLast && 'min-h-[calc(100dvh-11.5rem)]',
      )}
    >
      <div
        aria-hidden
        className="px-3 font-sans text-ink-soft text-sm tabular-nums sm:px-4 xl:absolute xl:top-0 xl:bottom-8 xl:-left-22 xl:w-20 xl:px-0 xl:whitespace-nowrap"
      >
        <p className="flex items-center gap-4 pt-2 xl:sticky xl:top-20 xl:justify-end">
          <span className="w-3 border-line border-t sm:w-4 xl:hidden" />
          {t('page', { page })}
          <span className="grow border-line border-t xl:hidden" />
        </p>
      </div>
      {sentences ? (
        <PageText job={job} sentences={sentences} kind={kind} onlyChanged={onlyChanged} {...rows} />
      ) : error ? (
        <div className="py-6 font-sans text-base">
          <ProblemOf error={error}>
            <Button onClick={() => refetch()}>{t('again')}</Button>
          </ProblemOf>
        </div>
      ) : (
        <div data-unread className="px-3 sm:px-4">
          <Waiting label={t('loadingPage', { page })} lines={12} />
        </div>
      )}
    </section>
  );
}

interface PageTextProps extends Omit<NovelPageProps, 'page' | 'isLast'> {
  sentences: SentencePair[];
}

function PageText({
  job,
  sentences,
  kind,
  onlyChanged,
  hasTwoColumns,
  marked,
  opened,
  onToggleOriginal,
}: PageTextProps) {
  const t = useTranslations('reader');
  const [edited, setEdited] = useState<number>();
  // What was jumped to is shown, changed or not.
  const shown = onlyChanged
    ? sentences.filter((sentence) => isChanged(sentence) || sentence.position === marked)
    : sentences;
  if (sentences.length === 0) return <PageNote>{t(`empty.${kind ?? 'text'}`)}</PageNote>;
  if (shown.length === 0) return <PageNote>{t('nothingChanged')}</PageNote>;
  const lack = commonLack(sentences);
  return (
    <>
      {lack && <PageNote>{t(`lack.${lack}`)}</PageNote>}
      <ol>
        {shown.map((sentence, index) => (
          <SentenceRow
            key={sentence.position}
            sentence={sentence}
            maxWords={job.sentence_length_limit}
            isLackSaid={lack !== undefined}
            isFirstOfParagraph={sentence.paragraph !== shown[index - 1]?.paragraph}
            isMarked={sentence.position === marked}
            hasTwoColumns={hasTwoColumns}
            isOriginalShown={opened.has(sentence.position)}
            onToggleOriginal={onToggleOriginal}
            onEdit={setEdited}
          >
            {edited === sentence.position ? (
              <SentenceEditor job={job} sentence={sentence} onClose={() => setEdited(undefined)} />
            ) : undefined}
          </SentenceRow>
        ))}
      </ol>
    </>
  );
}

function PageNote({ children }: { children: string }) {
  return <p className="px-3 pt-1 font-sans text-ink-soft text-sm leading-6 sm:px-4">{children}</p>;
}
