import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProblemOf } from '@/components/problems/problem-of';
import { AskFirst } from '@/components/ui/ask-first';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Moment } from '@/components/ui/moment';
import { api } from '@/lib/client/browser-api';
import type { Webhook, WebhookMessage } from '@/lib/webhooks/schema';

interface WebhookRowProps {
  webhook: Webhook;
  onTried: () => Promise<void>;
  onRemoved: () => Promise<void>;
}

export function WebhookRow({ webhook: { id, url, last_message: last }, onTried, onRemoved }: WebhookRowProps) {
  const t = useTranslations('webhooks');
  const remove = useMutation({ mutationFn: () => api.deleteWebhook(id), onSuccess: onRemoved });
  const attempt = useMutation({ mutationFn: () => api.tryWebhook(id), onSuccess: onTried });
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-3 py-4">
      <div className="min-w-0 grow basis-56">
        <p className="font-semibold break-all">{url}</p>
        {last ? <LastMessage message={last} /> : <p className="text-ink-soft">{t('nothingSent')}</p>}
      </div>
      <Button
        kind="quiet"
        aria-label={t('tryNamed', { url })}
        disabled={attempt.isPending}
        onClick={() => attempt.mutate()}
      >
        {t('try')}
      </Button>
      <AskFirst
        trigger={{ children: t('remove'), 'aria-label': t('removeNamed', { url }), kind: 'quiet' }}
        question={t('question')}
        act={t('act')}
        keep={t('keep')}
        isBusy={remove.isPending}
        onAct={() => remove.mutate()}
        problem={remove.error && <ProblemOf error={remove.error} />}
      >
        <p>{t('consequence')}</p>
      </AskFirst>
      {attempt.error && (
        <div className="basis-full">
          <ProblemOf error={attempt.error} />
        </div>
      )}
    </li>
  );
}

const STATES = {
  pending: { icon: Clock, look: 'text-ink-soft' },
  delivered: { icon: CircleCheck, look: 'text-accent' },
  failed: { icon: CircleAlert, look: 'text-red' },
};

function LastMessage({ message }: { message: WebhookMessage }) {
  const t = useTranslations('webhooks');
  const { status, attempts, last_status: answer, last_error: fault, created_at: at } = message;
  const { icon: Icon, look } = STATES[status];
  const state = status === 'pending' && attempts > 0 ? 'again' : status;
  return (
    <>
      <p role="status" className={classNames('flex items-center gap-1.5', look)}>
        <Icon aria-hidden className="size-4.5 shrink-0 stroke-[1.5]" />
        {t(`states.${state}`)}
      </p>
      <p className="text-ink-soft text-sm">
        {status !== 'delivered' && fault !== null && `${t(`faults.${fault}`)} `}
        {status !== 'delivered' && answer !== null && `${t('answered', { status: String(answer) })} `}
        <Moment instant={at} />
      </p>
    </>
  );
}
