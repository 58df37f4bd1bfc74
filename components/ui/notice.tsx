import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';

const TONES = {
  plain: { icon: Info, look: 'bg-mark text-ink' },
  good: { icon: CircleCheck, look: 'bg-accent-wash text-accent' },
  attention: { icon: TriangleAlert, look: 'bg-amber-wash text-amber' },
  loss: { icon: CircleAlert, look: 'bg-red-wash text-red' },
};

interface NoticeProps {
  tone?: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
  /** Said at once by a screen reader; for what happens while one looks on. */
  isAlert?: boolean;
}

export function Notice({ tone = 'plain', title, children, isAlert = false }: NoticeProps) {
  const { icon: Icon, look } = TONES[tone];
  return (
    <div role={isAlert ? 'alert' : undefined} className={classNames('flex gap-3 rounded-lg px-4 py-3.5', look)}>
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 stroke-[1.5]" />
      <div className="min-w-0 space-y-1">
        <p className="font-semibold break-words">{title}</p>
        {children !== undefined && <div className="space-y-1 text-ink">{children}</div>}
      </div>
    </div>
  );
}
