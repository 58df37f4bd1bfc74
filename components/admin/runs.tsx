'use client';

import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Waiting } from '@/components/ui/waiting';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { EngineState } from '@/lib/runs/schema';
import { EngineFigures } from './engine-figures';
import { LOOK_AGAIN_MS } from './look-again';
import { RunList } from './run-list';

/** What the engine does and has done, looked at again and again. */
export function Runs() {
  const t = useTranslations('runs');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.engine,
    queryFn: ({ signal }) => api.getEngine({ signal }),
    refetchInterval: ({ state }) => (state.data?.engine === 'foreign' ? false : LOOK_AGAIN_MS),
  });
  if (!data) {
    if (!error) return <Waiting label={t('loading')} />;
    return (
      <ProblemOf error={error}>
        <Button onClick={() => refetch()}>{t('again')}</Button>
      </ProblemOf>
    );
  }
  if (data.engine !== 'embedded') return <OtherEngine state={data} />;
  return (
    <>
      {error && (
        <div className="mb-8">
          <Notice tone="attention" isAlert title={t('stale')} />
        </div>
      )}
      <EngineFigures state={data} />
      <RunList functions={data.functions} />
    </>
  );
}

/** In place of runs that cannot be shown here. */
function OtherEngine({ state: { engine, address } }: { state: Exclude<EngineState, { engine: 'embedded' }> }) {
  const t = useTranslations('runs');
  if (engine === 'unreachable') {
    return (
      <EmptyState icon={Unplug} title={t('awayTitle')}>
        <p>{t('away')}</p>
        {address !== null && <p className="break-words">{address}</p>}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ExternalLink} title={t('elsewhereTitle')}>
      <p>{t('elsewhere')}</p>
      {address !== null && (
        <Button asChild>
          <a href={address}>{t('toDashboard', { address: new URL(address).host })}</a>
        </Button>
      )}
    </EmptyState>
  );
}
