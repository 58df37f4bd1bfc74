import { Flag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import type { SentencePair } from '@/lib/jobs/schema';

const SKIP_REASONS = ['heading', 'note', 'verse', 'dialogue'] as const;
const isSkipReason = (reason: string | null): reason is (typeof SKIP_REASONS)[number] =>
  SKIP_REASONS.some((known) => known === reason);

interface SentenceNotesProps {
  sentence: SentencePair;
  isLackSaid: boolean;
}

export function SentenceNotes({ sentence, isLackSaid }: SentenceNotesProps) {
  const t = useTranslations('sentence');
  const { status, flags, method, skip_reason: reason } = sentence;
  const notes = flags
    // No faults: the author's own sentences without a verb, and what was taken over. The too long ones are underlined.
    .filter((flag) => flag !== 'nominal' && flag !== 'cached' && flag !== 'over_limit')
    .map((flag) => t(`flags.${flag}`));
  if ((status === 'failed' || status === 'pending') && !isLackSaid) notes.push(t(status));
  if (method === 'reader') notes.push(t('reader'));
  if (status === 'skipped') notes.push(t(isSkipReason(reason) ? `skipped.${reason}` : 'skipped.other'));
  if (notes.length === 0) return null;
  const isQuiet = status === 'pending' || status === 'skipped' || method === 'reader';
  return (
    <p
      className={classNames(
        'flex items-start gap-1.5 font-sans font-normal text-sm not-italic leading-6',
        isQuiet ? 'text-ink-soft' : 'text-amber',
      )}
    >
      {!isQuiet && <Flag aria-hidden className="mt-1 size-4 shrink-0 stroke-[1.5]" />}
      {notes.join(' · ')}
    </p>
  );
}

/**
 * Says in words what the dotted line means: to screen readers always, to the eye while the row is pointed at or has
 * the focus (in the margin where there is one), or once its original is open.
 */
export function TooLongNote({ isOpen }: { isOpen: boolean }) {
  const t = useTranslations('sentence');
  return (
    <p
      className={classNames(
        'font-sans font-normal text-sm not-italic',
        isOpen
          ? 'text-ink-soft'
          : 'pointer-events-none absolute top-full right-0 z-10 rounded-md bg-ink px-2 py-0.5 text-paper opacity-0 transition-opacity duration-150 group-hover/row:opacity-100 group-focus/row:opacity-100 group-has-focus-visible/row:opacity-100 xl:top-1 xl:right-auto xl:left-full xl:ml-12 xl:w-22',
      )}
    >
      {t('flags.over_limit')}
    </p>
  );
}
