'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Waiting } from '@/components/ui/waiting';
import { useCredits } from './use-credits';

/** What is left this month, and where the rest is. */
export function Balance() {
  const t = useTranslations('credits');
  const format = useFormatter();
  const { data: credits, error, refetch } = useCredits();
  if (!credits) {
    if (!error) return <Waiting label={t('loading')} lines={3} />;
    return (
      <ProblemOf error={error}>
        <Button onClick={() => refetch()}>{t('again')}</Button>
      </ProblemOf>
    );
  }
  const { balance, granted, adjusted, reserved, used } = credits;
  // The months of credits are those of UTC, wherever the reader is.
  const month = format.dateTime(new Date(credits.next_reset), { month: 'long', timeZone: 'UTC' });
  const figures = [
    ['granted', granted],
    ...(adjusted === 0 ? [] : [['adjusted', adjusted] as const]),
    ['reserved', reserved],
    ['used', used],
  ] as const;
  return (
    <section aria-label={t('balance')}>
      <p>
        <span className="book mb-1 block text-5xl leading-none tabular-nums">{format.number(balance)}</span>
        {t('left', { balance })}
      </p>
      <p className="mt-1 text-ink-soft">{t('reset', { month })}</p>
      <dl className="mt-6 flex flex-wrap gap-x-10 gap-y-4">
        {figures.map(([name, amount]) => (
          <div key={name}>
            <dt className="text-ink-soft text-sm">{t(name)}</dt>
            <dd className="text-xl tabular-nums">{format.number(amount)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
