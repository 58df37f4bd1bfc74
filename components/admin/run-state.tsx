import { AlarmClock, Ban, CircleAlert, CircleCheck, CircleDashed, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import type { Run, RunStep } from '@/lib/runs/schema';

const STATES = {
  running: { icon: CircleDashed, look: 'text-accent' },
  waiting: { icon: Clock, look: 'text-ink-soft' },
  later: { icon: AlarmClock, look: 'text-ink-soft' },
  completed: { icon: CircleCheck, look: 'text-accent' },
  done: { icon: CircleCheck, look: 'text-accent' },
  failed: { icon: CircleAlert, look: 'text-red' },
  cancelled: { icon: Ban, look: 'text-ink-soft' },
  dropped: { icon: Ban, look: 'text-ink-soft' },
};

/** Of a run or a step, in a word and a shape. */
export function RunState({ state }: { state: Run['status'] | RunStep['status'] }) {
  const t = useTranslations('runs');
  const { icon: Icon, look } = STATES[state];
  return (
    <span className={classNames('inline-flex items-baseline gap-1.5', look)}>
      <Icon aria-hidden className="size-4.5 shrink-0 self-center stroke-[1.5]" />
      {t(`states.${state}`)}
    </span>
  );
}
