'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useRef, useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { ShownOnce } from '@/components/ui/shown-once';
import { isApiError } from '@/lib/client/api-error';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { useHydrated } from '@/lib/client/use-hydrated';
import type { CreatedWebhook } from '@/lib/webhooks/schema';
import { OwnList } from './own-list';
import { useSecretWords } from './use-secret-words';
import { WebhookRow } from './webhook-row';

const LOOK_AGAIN_MS = 2_000;

/** Where a reader's programs are told of the ends of jobs, and how the last message went. */
export function Webhooks() {
  const t = useTranslations('webhooks');
  const queryClient = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [created, setCreated] = useState<CreatedWebhook>();
  const words = useSecretWords();
  const list = useQuery({
    queryKey: queryKeys.webhooks,
    queryFn: ({ signal }) => api.listWebhooks({ signal }),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ last_message: last }) => last?.status === 'pending') ? LOOK_AGAIN_MS : false,
  });
  const again = () => queryClient.invalidateQueries({ queryKey: queryKeys.webhooks });
  const create = useMutation({
    mutationFn: api.createWebhook,
    onSuccess: (webhook) => {
      setCreated(webhook);
      return again();
    },
  });
  const leave = () => heading.current?.focus();
  return (
    <Section title={t('title')} note={t('meaning')} headingRef={heading}>
      {created ? (
        <ShownOnce
          title={t('created')}
          note={t('shownOnce')}
          label={t('secret')}
          secret={created.secret}
          words={words}
          onDone={() => {
            setCreated(undefined);
            leave();
          }}
        />
      ) : (
        <NewWebhookForm isBusy={create.isPending} error={create.error} onCreate={(url) => create.mutate(url)} />
      )}
      <OwnList list={list} words={{ loading: t('loading'), again: t('again'), none: t('none') }}>
        {(webhook) => (
          <WebhookRow
            key={webhook.id}
            webhook={webhook}
            onTried={again}
            onRemoved={() => {
              leave();
              return again();
            }}
          />
        )}
      </OwnList>
    </Section>
  );
}

interface NewWebhookFormProps {
  isBusy: boolean;
  error: Error | null;
  onCreate: (url: string) => void;
}

function NewWebhookForm({ isBusy, error, onCreate }: NewWebhookFormProps) {
  const t = useTranslations('webhooks');
  const isHydrated = useHydrated();
  const isRefused = isApiError(error, 'INVALID_INPUT');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onCreate(String(new FormData(event.currentTarget).get('url')).trim());
  };
  return (
    <form method="post" onSubmit={submit} className="space-y-4">
      <Field
        label={t('url')}
        note={t('urlNote')}
        name="url"
        type="url"
        inputMode="url"
        maxLength={2000}
        required
        error={isRefused ? t('refused') : undefined}
      />
      <Button type="submit" disabled={isBusy || !isHydrated}>
        {t('add')}
      </Button>
      {error && !isRefused && (
        <ProblemOf error={error}>
          <p>{t('notAdded')}</p>
        </ProblemOf>
      )}
    </form>
  );
}
