import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { Button } from '@/components/ui/button';
import { controlLook } from '@/components/ui/field';
import { isApiError } from '@/lib/client/api-error';
import type { Job, SentencePair } from '@/lib/jobs/schema';
import { useEditSentence } from './use-edit-sentence';

interface SentenceEditorProps {
  job: Job;
  sentence: SentencePair;
  onClose: () => void;
}

/** A line for each short sentence: what the reader would rather read. */
export function SentenceEditor({ job, sentence, onClose }: SentenceEditorProps) {
  const t = useTranslations('editor');
  const id = useId();
  const { rewrites, original } = sentence;
  const [text, setText] = useState(() => (rewrites.length > 0 ? rewrites : [original]).join('\n'));
  const edit = useEditSentence(job, sentence);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const close = { onSuccess: onClose };
  return (
    <form
      className="mt-2 mb-3 space-y-3 font-sans font-normal text-base not-italic"
      onSubmit={(event) => {
        event.preventDefault();
        edit.mutate({ rewrites: lines }, close);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <label htmlFor={id} className="block text-ink-soft text-sm">
        {t('label')}
      </label>
      <textarea
        id={id}
        lang="fr"
        // biome-ignore lint/a11y/noAutofocus: the reader has just asked for it
        autoFocus
        rows={Math.max(3, lines.length + 1)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`${controlLook} book field-sizing-content max-h-[50dvh] py-2 text-lg`}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" disabled={lines.length === 0 || edit.isPending}>
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
        {sentence.locked && (
          <Button kind="quiet" disabled={edit.isPending} onClick={() => edit.mutate({ locked: false }, close)}>
            {t('unlock')}
          </Button>
        )}
      </div>
      <p className="text-ink-soft text-sm">{t('meaning')}</p>
      {edit.error && (
        <ProblemNotice
          code={isApiError(edit.error) ? edit.error.code : 'INTERNAL'}
          fields={isApiError(edit.error) ? edit.error.problem.errors : undefined}
        />
      )}
    </form>
  );
}
