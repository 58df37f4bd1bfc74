import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, memo, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { splitByLimit } from '@/lib/client/split-by-limit';
import type { SentencePair } from '@/lib/jobs/schema';
import { SentenceNotes, TooLongNote } from './sentence-notes';
import { tooLongLook } from './too-long-look';
import { typesetFrench } from './typeset-french';
import { useTouch } from './use-media';

interface SentenceRowProps {
  sentence: SentencePair;
  maxWords: number;
  isFirstOfParagraph: boolean;
  /** The page says that none of its sentences was rewritten. */
  isLackSaid: boolean;
  isMarked: boolean;
  /** Original and rewrite side by side; else the original shows on demand. */
  hasTwoColumns: boolean;
  isOriginalShown: boolean;
  onToggleOriginal: (position: number) => void;
  onEdit: (position: number) => void;
  /** The editor, while this sentence is edited. */
  children?: ReactNode;
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
  const isTouch = useTouch();
  const opens = isTouch || (!hasTwoColumns && isChanged(sentence));
  const isOpen = opens && isOriginalShown;
  return (
    <li
      data-position={sentence.position}
      tabIndex={-1}
      className={classNames(
        'group/row relative rounded-md px-3 py-1 transition-colors duration-150 hover:bg-mark focus:bg-mark sm:px-4 pointer-fine:pr-11',
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
        {opens ? (
          <button
            type="button"
            lang="fr"
            aria-expanded={isOpen}
            onClick={() => onToggleOriginal(sentence.position)}
            className="block w-full select-text rounded-sm text-left"
          >
            <RewrittenText sentence={sentence} maxWords={maxWords} />
          </button>
        ) : (
          <p lang="fr">
            <RewrittenText sentence={sentence} maxWords={maxWords} />
          </p>
        )}
        {isOpen && !hasTwoColumns && isChanged(sentence) && (
          <p lang="fr" className="mt-1 mb-2 animate-appear border-edge border-l pl-3 text-ink-soft">
            {original}
          </p>
        )}
        <SentenceNotes sentence={sentence} isLackSaid={props.isLackSaid} />
        {sentence.flags.includes('over_limit') && !props.children && <TooLongNote isOpen={isOpen && !hasTwoColumns} />}
        {props.children ?? (isOpen && <EditButton position={sentence.position} onEdit={props.onEdit} />)}
      </div>
      {!props.children && !isOpen && <EditButton isAside position={sentence.position} onEdit={props.onEdit} />}
    </li>
  );
});

interface EditButtonProps extends Pick<SentenceRowProps, 'onEdit'> {
  position: number;
  isAside?: boolean;
}

/**
 * Under a sentence that a tap has opened; aside, in a margin that is kept free for it, it is out of the way until the
 * row is pointed at or reached by keyboard.
 */
function EditButton({ position, isAside = false, onEdit }: EditButtonProps) {
  const t = useTranslations('editor');
  return (
    <Button
      kind="quiet"
      data-edit
      // A stop at every sentence would be too many: the key e edits the one in focus.
      tabIndex={isAside ? -1 : 0}
      title={isAside ? t('edit') : undefined}
      onClick={() => onEdit(position)}
      className={classNames(
        'font-normal font-sans text-sm not-italic',
        isAside &&
          'absolute top-0 right-0 min-h-9 w-10 px-0 opacity-0 group-hover/row:opacity-100 group-focus/row:opacity-100 focus-visible:opacity-100 pointer-coarse:hidden',
      )}
    >
      <Pencil aria-hidden />
      <span className={isAside ? 'sr-only' : undefined}>{t('edit')}</span>
    </Button>
  );
}

/** What stands in for the sentence; its original while there is nothing else. The too long ones are underlined. */
function RewrittenText({ sentence, maxWords }: Pick<SentenceRowProps, 'sentence' | 'maxWords'>) {
  const { rewrites, original, flags } = sentence;
  if (rewrites.length === 0) return typesetFrench(original);
  if (!flags.includes('over_limit')) return typesetFrench(rewrites.join(' '));
  return splitByLimit(rewrites, maxWords).map(({ text, isOver }, index) => (
    <Fragment key={text}>
      {index > 0 && ' '}
      <span className={isOver ? tooLongLook : undefined}>{typesetFrench(text)}</span>
    </Fragment>
  ));
}
