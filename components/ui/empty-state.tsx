import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  heading?: 'h1' | 'h2';
}

/** A page, or part of one, with nothing to list: says why, and what can be done. */
export function EmptyState({ icon: Icon, title, children, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-4 py-16 text-center sm:py-24">
      <Icon aria-hidden className="size-10 stroke-1 text-accent" />
      <Heading className="book text-2xl">{title}</Heading>
      <div className="space-y-5 text-ink-soft">{children}</div>
    </div>
  );
}
