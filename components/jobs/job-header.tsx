import { useTranslations } from 'next-intl';
import { useReport } from '@/components/reader/use-report';
import { classNames } from '@/components/ui/class-names';
import { titleOf } from '@/lib/client/title-of';
import type { Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';

const LONG_TITLE = 60;

export function JobHeader({ job }: { job: Job }) {
  const t = useTranslations('job');
  const title = titleOf(job);
  const { pages, sentences, sentence_length_limit: words } = job;
  return (
    <header className="mb-6">
      <h1 className={classNames('book break-words', title.length > LONG_TITLE ? 'text-2xl' : 'text-3xl sm:text-4xl')}>
        {title}
      </h1>
      <p className="mt-2 text-ink-soft">{t('summary', { pages, sentences: sentences.total, words })}</p>
      {isTerminal(job.status) && sentences.total > 0 && <Counts job={job} />}
    </header>
  );
}

function Counts({ job }: { job: Job }) {
  const t = useTranslations('job');
  const { total, kept, rewritten, skipped, failed } = job.sentences;
  const open = total - kept - rewritten - skipped - failed;
  const report = useReport(job);
  const tooLong = report ? report.over_limit + report.kept_over_limit : 0;
  return (
    <p className="text-ink-soft">
      {t('counts', { ...job.sentences, open })}
      {tooLong > 0 && t('tooLong', { count: tooLong, words: job.sentence_length_limit })}
    </p>
  );
}
