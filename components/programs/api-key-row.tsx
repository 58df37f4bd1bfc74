import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { AskFirst } from '@/components/ui/ask-first';
import { Moment } from '@/components/ui/moment';
import type { ApiKey } from '@/lib/auth/schema';
import { api } from '@/lib/client/browser-api';

interface ApiKeyRowProps {
  apiKey: ApiKey;
  onRevoked: () => Promise<void>;
}

export function ApiKeyRow({ apiKey, onRevoked }: ApiKeyRowProps) {
  const t = useTranslations('apiKeys');
  const { id, name, prefix, scopes, created_at: created, last_used_at: used } = apiKey;
  const revoke = useMutation({ mutationFn: () => api.revokeApiKey(id), onSuccess: onRevoked });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <div className="min-w-0 grow basis-56">
        <p className="font-semibold break-words">{name}</p>
        <p className="text-ink-soft">
          <code className="text-sm">{prefix}…</code> · {scopes.map((scope) => t(`scopes.${scope}.name`)).join(', ')}
        </p>
        <p className="text-ink-soft text-sm">
          {t('made')} <Moment instant={created} /> · {used === null ? t('neverUsed') : t('used')}{' '}
          {used !== null && <Moment instant={used} />}
        </p>
      </div>
      <AskFirst
        trigger={{ children: t('revoke'), 'aria-label': t('revokeNamed', { name }), kind: 'quiet' }}
        question={t('question', { name })}
        act={t('act')}
        keep={t('keep')}
        isBusy={revoke.isPending}
        onAct={() => revoke.mutate()}
        problem={revoke.error && <ProblemOf error={revoke.error} />}
      >
        <p>{t('consequence')}</p>
      </AskFirst>
    </li>
  );
}
