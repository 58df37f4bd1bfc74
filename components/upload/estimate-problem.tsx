import { useTranslations } from 'next-intl';
import { ProblemNotice } from '@/components/problems/problem-notice';
import { Button } from '@/components/ui/button';
import { isApiError } from '@/lib/client/api-error';

interface EstimateProblemProps {
  error: Error;
  onCountAgain?: () => void;
  onSendAgain: () => void;
}

/** The server keeps the file no longer: only the reader's own copy helps. */
const GONE = ['QUOTE_EXPIRED', 'FILE_EXPIRED', 'NOT_FOUND'];

export function EstimateProblem({ error, onCountAgain, onSendAgain }: EstimateProblemProps) {
  const t = useTranslations('estimate');
  const code = isApiError(error) ? error.code : 'INTERNAL';
  if (GONE.includes(code)) {
    return (
      <ProblemNotice code="QUOTE_EXPIRED">
        <Button onClick={onSendAgain}>{t('sendAgain')}</Button>
      </ProblemNotice>
    );
  }
  return (
    <ProblemNotice
      code={code}
      {...(isApiError(error) && { detail: error.problem.detail, fields: error.problem.errors })}
    >
      {onCountAgain ? <Button onClick={onCountAgain}>{t('countAgain')}</Button> : undefined}
    </ProblemNotice>
  );
}
