'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Moment } from '@/components/ui/moment';
import { Notice } from '@/components/ui/notice';
import { Waiting } from '@/components/ui/waiting';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Run, RunDetails, RunError } from '@/lib/runs/schema';
import { LOOK_AGAIN_MS } from './look-again';
import { RunErrorWords } from './run-error-words';
import { RunState } from './run-state';
import { StepTable } from './step-table';
import { Took } from './took';
import { tookMs } from './took-ms';

/** One run with its steps, looked at again until it has ended. */
export function RunView({ runId }: { runId: string }) {
  const t = useTranslations('runs');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.run(runId),
    queryFn: ({ signal }) => api.getRun(runId, { signal }),
    refetchInterval: ({ state }) => (state.data?.run.status === 'running' ? LOOK_AGAIN_MS : false),
  });
  if (data) return <RunArticle found={data} isStale={error !== null} />;
  if (isApiError(error, 'NOT_FOUND')) {
    return (
      <EmptyState icon={SearchX} heading="h1" title={t('goneTitle')}>
        <p>{t('goneMeaning')}</p>
        <Button asChild>
          <Link href="/admin/runs">{t('all')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="book mb-6 text-3xl sm:text-4xl">{t('one')}</h1>
      {!error && <Waiting label={t('loadingOne')} />}
      {error && (
        <ProblemOf error={error}>
          <Button onClick={() => refetch()}>{t('again')}</Button>
        </ProblemOf>
      )}
    </>
  );
}

function RunArticle({ found: { run, steps }, isStale }: { found: RunDetails; isStale: boolean }) {
  const t = useTranslations('runs');
  return (
    <article>
      <Button asChild kind="quiet" className="-ml-3 mb-2">
        <Link href="/admin/runs">
          <ArrowLeft aria-hidden />
          {t('all')}
        </Link>
      </Button>
      <h1 className="book text-3xl break-words sm:text-4xl">{run.function.name}</h1>
      <p className="mt-2">
        <RunState state={run.state ?? run.status} />
      </p>
      {isStale && (
        <div className="mt-6">
          <Notice tone="attention" isAlert title={t('stale')} />
        </div>
      )}
      {run.error && <RunTrouble run={run} error={run.error} />}
      <RunFacts run={run} />
      <StepTable steps={steps} />
    </article>
  );
}

function RunTrouble({ run, error }: { run: Run; error: RunError }) {
  const t = useTranslations('runs');
  const named = { error: error.code ?? error.name };
  const goesOn = run.status === 'running';
  return (
    <div className="mt-6">
      <Notice tone={goesOn ? 'attention' : 'loss'} title={goesOn ? t('triedAfter', named) : t('failedWith', named)}>
        <RunErrorWords error={error} />
      </Notice>
    </div>
  );
}

function RunFacts({ run }: { run: Run }) {
  const t = useTranslations('runs');
  const ms = tookMs(run);
  const facts = [
    ['queued', <Moment key="queued" instant={run.queued_at} />],
    ['started', run.started_at === null ? t('notYet') : <Moment key="started" instant={run.started_at} />],
    ['ended', run.ended_at === null ? t('notYet') : <Moment key="ended" instant={run.ended_at} />],
    ...(ms === undefined ? [] : [['took', <Took key="took" ms={ms} />] as const]),
    ['event', run.event],
    ...(run.job_id === null ? [] : [['job', run.job_id] as const]),
    ['id', run.id],
  ] as const;
  return (
    <dl className="mt-6 grid gap-x-10 gap-y-3 sm:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-ink-soft text-sm">{t(`facts.${name}`)}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
