import { Flag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { classNames } from '@/components/ui/class-names';
import type { SentencePair } from '@/lib/jobs/schema';
import { typesetFrench } from './typeset-french';

interface SentenceRowProps {
  sentence: SentencePair;
  isFirstOfParagraph: boolean;
  isMarked: boolean;
  /** Original and rewrite side by side; else the original shows on demand. */
  hasTwoColumns: boolean;
  isOriginalShown: boolean;
  onToggleOriginal: (position: number) => void;
}

const KINDS = {
  heading: 'font-semibold text-[1.25em] pt-8 pb-3',
  verse: 'italic pl-6',
  note: 'text-[0.85em]',
  dialogue: '',
  narration: '',
};

export const isChanged = ({ status }: SentencePair): boolean => status === 'rewritten';

export const SentenceRow = memo(function SentenceRow(props: SentenceRowProps) {
  const { sentence, isFirstOfParagraph, isMarked, hasTwoColumns, isOriginalShown, onToggleOriginal } = props;
  const original = typesetFrench(sentence.original);
  const isOpen = isChanged(sentence) && isOriginalShown;
  return (
    <li
      data-position={sentence.position}
      tabIndex={-1}
      className={classNames(
        'rounded-md px-3 py-1 transition-colors duration-150 hover:bg-mark focus:bg-mark sm:px-4',
        KINDS[sentence.kind],
        isFirstOfParagraph && 'mt-4',
        isMarked && 'bg-mark ring-1 ring-edge',
        hasTwoColumns && 'grid grid-cols-2 gap-x-10',
      )}
    >
      {hasTwoColumns && (
        <p lang="fr" className="text-ink-soft">
          {original}
        </p>
      )}
      <div
        className={classNames(
          'relative',
          isChanged(sentence) && 'before:absolute before:inset-y-1 before:-left-3 before:w-0.5 before:bg-accent',
        )}
      >
        {!hasTwoColumns && isChanged(sentence) ? (
          <button
            type="button"
            lang="fr"
            aria-expanded={isOpen}
            onClick={() => onToggleOriginal(sentence.position)}
            className="block w-full rounded-sm text-left"
          >
            {typesetFrench(sentence.rewrites.join(' '))}
          </button>
        ) : (
          <p lang="fr">{typesetFrench(sentence.rewrites.join(' ')) || original}</p>
        )}
        {isOpen && !hasTwoColumns && (
          <p lang="fr" className="mt-1 mb-2 animate-appear border-edge border-l pl-3 text-ink-soft">
            {original}
          </p>
        )}
        <SentenceNotes sentence={sentence} />
      </div>
    </li>
  );
});

function SentenceNotes({ sentence }: { sentence: SentencePair }) {
  const t = useTranslations('sentence');
  const { status, flags, skip_reason: reason } = sentence;
  const notes = flags.filter((flag) => flag !== 'nominal').map((flag) => t(`flags.${flag}`));
  if (status === 'failed') notes.push(t('failed'));
  if (status === 'pending') notes.push(t('pending'));
  if (status === 'skipped') notes.push(t(isSkipReason(reason) ? `skipped.${reason}` : 'skipped.other'));
  if (notes.length === 0) return null;
  const isQuiet = status === 'pending' || status === 'skipped';
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

const SKIP_REASONS = ['heading', 'note', 'verse', 'dialogue'] as const;
const isSkipReason = (reason: string | null): reason is (typeof SKIP_REASONS)[number] =>
  SKIP_REASONS.some((known) => known === reason);
