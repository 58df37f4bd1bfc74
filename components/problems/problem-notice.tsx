'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import type { FieldError } from '@/lib/errors';
import { isErrorCode } from '@/lib/errors';

export interface Limits {
  megabytes: number;
  pages: number;
}

interface ProblemNoticeProps {
  code: string;
  /** The server's own sentence, for a code that has no words here. */
  detail?: string;
  fields?: FieldError[] | undefined;
  limits?: Limits;
  children?: ReactNode;
}

const NAMED = [
  'sentence_length_limit',
  'min_sentence_length',
  'engine',
  'gemini_model',
  'pdf_file',
  'rewrites',
] as const;
type Named = (typeof NAMED)[number];
const isNamed = (field: string | undefined): field is Named => NAMED.some((name) => name === field);

const isAllBlank = (fields: FieldError[]) => fields.some(({ field }) => field === 'blank_pages');

/** What happened and what to do, in the reader's language; what was lost, the place that shows it adds. */
export function ProblemNotice({ code, detail, fields = [], limits, children }: ProblemNoticeProps) {
  const t = useTranslations('errors');
  const aboutField = useTranslations('fields');
  // A place within a list, as rewrites.2, is told as the list.
  const named = [...new Set(fields.map(({ field }) => field.split('.')[0]))].filter(isNamed);
  const known = isErrorCode(code) || code === 'UNREACHABLE' ? code : undefined;
  const words = known === 'PDF_NO_TEXT' && isAllBlank(fields) ? 'PDF_ALL_BLANK' : known;
  const values = { megabytes: limits?.megabytes ?? 0, pages: limits?.pages ?? 0 };
  return (
    <Notice tone="attention" isAlert title={words ? t(`${words}.what`, values) : (detail ?? t('INTERNAL.what'))}>
      {named.map((field) => (
        <p key={field}>{aboutField(field)}</p>
      ))}
      <p>{t(`${words ?? 'INTERNAL'}.action`, values)}</p>
      {children}
    </Notice>
  );
}
