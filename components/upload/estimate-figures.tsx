import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useCredits } from '@/components/credits/use-credits';
import { Duration } from '@/components/jobs/duration';
import { classNames } from '@/components/ui/class-names';
import type { Quote } from '@/lib/jobs/quote-schema';

interface EstimateFiguresProps {
  quote: Quote;
  /** Figures of before: they are about to change. */
  isOld: boolean;
}

export function EstimateFigures({ quote, isOld }: EstimateFiguresProps) {
  const t = useTranslations('estimate');
  const { sentences, words, long_sentences: long, cached_sentences: cached, estimated_credits: credits } = quote;
  // The offline engine keeps what it cannot make shorter and be sure of.
  const isAtMost = quote.engine === 'offline' && long > 0;
  const { data: account } = useCredits({ enabled: credits > 0 });
  return (
    <dl aria-busy={isOld} className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
      <Figure name={t('sentences')} value={t('count', { count: sentences })} isOld={isOld}>
        {t('words', { words })}
      </Figure>
      <Figure name={t('toRewrite')} value={t(isAtMost ? 'atMost' : 'count', { count: long })} isOld={isOld}>
        {cached > 0 ? t('already', { count: cached }) : t('others', { count: sentences - long })}
      </Figure>
      <Figure name={t('time')} value={<Duration seconds={quote.estimated_seconds} isRough />} isOld={isOld}>
        {t('timeNote')}
      </Figure>
      <Figure name={t('price')} value={credits === 0 ? t('free') : t('credits', { credits })} isOld={isOld}>
        {credits === 0 ? t('freeNote') : account && t('balance', { balance: account.balance })}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: ReactNode;
  isOld: boolean;
  children: ReactNode;
}

function Figure({ name, value, isOld, children }: FigureProps) {
  return (
    <div>
      <dt className="text-ink-soft text-sm">{name}</dt>
      <dd>
        <span className={classNames('block text-xl tabular-nums', isOld && 'text-ink-soft')}>{value}</span>
        <span className="block text-ink-soft text-sm">{children}</span>
      </dd>
    </div>
  );
}
