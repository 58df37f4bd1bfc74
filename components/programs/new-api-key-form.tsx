import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import type { NewApiKey } from '@/lib/auth/schema';
import { useHydrated } from '@/lib/client/use-hydrated';

interface NewApiKeyFormProps {
  isAdmin: boolean;
  isBusy: boolean;
  error: Error | null;
  onCreate: (key: NewApiKey) => void;
}

export function NewApiKeyForm({ isAdmin, isBusy, error, onCreate }: NewApiKeyFormProps) {
  const t = useTranslations('apiKeys');
  const isHydrated = useHydrated();
  const [lacksScope, setLacksScope] = useState(false);
  const offered = isAdmin ? (['read', 'process', 'admin'] as const) : (['read', 'process'] as const);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const scopes = offered.filter((scope) => form.has(scope));
    setLacksScope(scopes.length === 0);
    if (scopes.length > 0) onCreate({ name: String(form.get('name')), scopes });
  };
  return (
    <form method="post" onSubmit={submit} className="space-y-4">
      <Field label={t('name')} note={t('nameNote')} name="name" maxLength={100} autoComplete="off" required />
      <fieldset>
        <legend className="font-semibold">{t('may')}</legend>
        {offered.map((scope) => (
          <label key={scope} className="flex min-h-11 items-start gap-3 py-2">
            <input
              type="checkbox"
              name={scope}
              defaultChecked={scope !== 'admin'}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span>
              {t(`scopes.${scope}.name`)}
              <span className="block text-ink-soft text-sm">{t(`scopes.${scope}.note`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {lacksScope && (
        <p role="alert" className="text-red text-sm">
          {t('noScope')}
        </p>
      )}
      <Button type="submit" disabled={isBusy || !isHydrated}>
        {t('create')}
      </Button>
      {error && (
        <ProblemOf error={error}>
          <p>{t('notCreated')}</p>
        </ProblemOf>
      )}
    </form>
  );
}
