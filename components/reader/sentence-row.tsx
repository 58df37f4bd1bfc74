import { Flag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, memo } from 'react';
import { classNames } from '@/components/ui/class-names';
import { splitByLimit } from '@/lib/client/split-by-limit';
import type { SentencePair } from '@/lib/jobs/schema';
import { typesetFrench } from './typeset-french';

interface SentenceRowProps {
  sentence: SentencePair;
  maxWords: number;
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
  const { sentence, maxWords, isFirstOfParagraph, isMarked, hasTwoColumns, isOriginalShown, onToggleOriginal } = props;
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
            <RewrittenText sentence={sentence} maxWords={maxWords} />
          </button>
        ) : (
          <p lang="fr">
            <RewrittenText sentence={sentence} maxWords={maxWords} />
          </p>
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

/** What stands in for the sentence; its original while there is nothing else. The too long ones are underlined. */
function RewrittenText({ sentence, maxWords }: Pick<SentenceRowProps, 'sentence' | 'maxWords'>) {
  const { rewrites, original, flags } = sentence;
  if (rewrites.length === 0) return typesetFrench(original);
  if (!flags.includes('over_limit')) return typesetFrench(rewrites.join(' '));
  return splitByLimit(rewrites, maxWords).map(({ text, isOver }, index) => (
    <Fragment key={text}>
      {index > 0 && ' '}
      <span
        className={isOver ? 'underline decoration-amber decoration-dotted decoration-1 underline-offset-4' : undefined}
      >
        {typesetFrench(text)}
      </span>
    </Fragment>
  ));
}

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
