import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Waiting } from '@/components/ui/waiting';
import { api } from '@/lib/client/browser-api';
import { listHeadings } from '@/lib/client/list-headings';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job } from '@/lib/jobs/schema';
import { typesetFrench } from './typeset-french';

interface ContentsProps {
  job: Job;
  onGo: (page: number, position: number) => void;
}

export function Contents({ job, onGo }: ContentsProps) {
  const t = useTranslations('reader');
  const { data: headings, error } = useQuery({
    queryKey: queryKeys.headings(job),
    queryFn: ({ signal }) => listHeadings(api, job.id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ProblemOf error={error} />;
  if (!headings) return <Waiting label={t('loading')} />;
  if (headings.length === 0) return <p className="text-ink-soft">{t('noHeadings')}</p>;
  return (
    <ol className="-mx-3">
      {headings.map(({ position, page_start: page, original }) => (
        <li key={position}>
          <button
            type="button"
            onClick={() => onGo(page, position)}
            className="flex min-h-11 w-full items-baseline justify-between gap-4 rounded-md px-3 py-2 text-left hover:bg-mark"
          >
            <span lang="fr" className="book">
              {typesetFrench(original)}
            </span>
            <span className="text-ink-soft tabular-nums">{page}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
