import { useFormatter, useTranslations } from 'next-intl';
import type { EmbeddedState } from '@/lib/runs/schema';
import { FunctionTable } from './function-table';
import { Took } from './took';

/** The queue in four numbers, and a day of runs in one sentence. */
export function EngineFigures({ state: { queue, workers, functions } }: { state: EmbeddedState }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const gone = workers.filter(({ alive }) => !alive).length;
  const oldest = queue.oldest_waiting_ms;
  const figures = [
    { name: 'waiting', amount: queue.waiting, note: oldest !== null && <Oldest ms={oldest} /> },
    { name: 'running', amount: queue.running, note: undefined },
    { name: 'later', amount: queue.later, note: undefined },
    { name: 'engines', amount: workers.length - gone, note: gone > 0 && t('gone', { gone }) },
  ] as const;
  const sum = (of: 'completed' | 'failed' | 'cancelled') => functions.reduce((total, one) => total + one[of], 0);
  return (
    <section aria-labelledby="queue">
      <h2 id="queue" className="font-semibold text-lg">
        {t('queue')}
      </h2>
      <p className="text-ink-soft">{t('queueMeaning')}</p>
      <dl className="mt-4 grid grid-cols-2 gap-x-10 gap-y-4 sm:flex">
        {figures.map(({ name, amount, note }) => (
          <div key={name} className="sm:min-w-28">
            <dt className="text-ink-soft text-sm">{t(`figures.${name}`)}</dt>
            <dd className="text-2xl tabular-nums">
              {format.number(amount)}
              {note && <span className="block text-ink-soft text-sm">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-6">
        {t('day', { completed: sum('completed'), failed: sum('failed'), cancelled: sum('cancelled') })}
      </p>
      <FunctionTable functions={functions} />
    </section>
  );
}

function Oldest({ ms }: { ms: number }) {
  const t = useTranslations('runs');
  return (
    <>
      {t('oldest')} <Took ms={ms} />
    </>
  );
}
