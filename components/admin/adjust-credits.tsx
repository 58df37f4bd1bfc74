import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useToast } from '@/components/ui/toast';
import type { Account } from '@/lib/account/schema';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Adjustment } from '@/lib/credits/schema';

const SAID_MS = 6_000;
const WAYS = ['give', 'take'] as const;

interface AdjustCreditsProps {
  account: Account;
  onDone: () => void;
}

/** Gives or takes credits of this month, with a reason that the reader sees in the statement. */
export function AdjustCredits({ account: { id, email, balance }, onDone }: AdjustCreditsProps) {
  const t = useTranslations('admin');
  const showToast = useToast();
  const queryClient = useQueryClient();
  const adjust = useMutation({
    mutationFn: (adjustment: Adjustment) => api.adjustCredits(id, adjustment),
    onSuccess: ({ balance: now }) => {
      showToast({ text: t('changed', { email, balance: now }), durationMs: SAID_MS });
      onDone();
      return queryClient.invalidateQueries({ queryKey: queryKeys.accounts });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const amount = Number(form.get('amount'));
    adjust.mutate({ amount: form.get('way') === 'take' ? -amount : amount, note: String(form.get('note')) });
  };
  const isTooMuch = isApiError(adjust.error, 'INSUFFICIENT_CREDITS');
  return (
    <form onSubmit={submit} className="space-y-4">
      <p className="text-ink-soft">{t('has', { balance })}</p>
      <fieldset className="flex flex-wrap gap-x-6">
        <legend className="sr-only">{t('way')}</legend>
        {WAYS.map((way) => (
          <label key={way} className="flex min-h-11 items-center gap-2">
            <input
              type="radio"
              name="way"
              value={way}
              defaultChecked={way === 'give'}
              className="size-4 accent-accent"
            />
            {t(`ways.${way}`)}
          </label>
        ))}
      </fieldset>
      <Field
        label={t('amount')}
        name="amount"
        type="number"
        inputMode="numeric"
        min={1}
        max={1_000_000_000}
        required
        error={isTooMuch ? t('tooMuch') : undefined}
      />
      <Field label={t('reason')} note={t('reasonNote')} name="note" maxLength={500} autoComplete="off" required />
      {adjust.error && !isTooMuch && (
        <ProblemOf error={adjust.error}>
          <p>{t('unchanged')}</p>
        </ProblemOf>
      )}
      <Button type="submit" kind="primary" disabled={adjust.isPending}>
        {t('act')}
      </Button>
    </form>
  );
}
