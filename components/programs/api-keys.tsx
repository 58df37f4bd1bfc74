'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Section } from '@/components/ui/section';
import { ShownOnce } from '@/components/ui/shown-once';
import type { CreatedApiKey } from '@/lib/auth/schema';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { ApiKeyRow } from './api-key-row';
import { NewApiKeyForm } from './new-api-key-form';
import { OwnList } from './own-list';
import { useSecretWords } from './use-secret-words';

/** The keys of a reader's scripts; a new one is shown once. */
export function ApiKeys({ isAdmin }: { isAdmin: boolean }) {
  const t = useTranslations('apiKeys');
  const queryClient = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [created, setCreated] = useState<CreatedApiKey>();
  const words = useSecretWords();
  const list = useQuery({
    queryKey: queryKeys.apiKeys,
    queryFn: ({ signal }) => api.listApiKeys({ signal }),
  });
  const again = () => queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys });
  const create = useMutation({
    mutationFn: api.createApiKey,
    onSuccess: (key) => {
      setCreated(key);
      return again();
    },
  });
  const leave = () => heading.current?.focus();
  return (
    <Section title={t('title')} note={t('meaning')} headingRef={heading}>
      {created ? (
        <ShownOnce
          title={t('created', { name: created.name })}
          note={t('shownOnce')}
          label={t('key')}
          secret={created.key}
          words={words}
          onDone={() => {
            setCreated(undefined);
            leave();
          }}
        />
      ) : (
        <NewApiKeyForm
          isAdmin={isAdmin}
          isBusy={create.isPending}
          error={create.error}
          onCreate={(key) => create.mutate(key)}
        />
      )}
      <OwnList list={list} words={{ loading: t('loading'), again: t('again'), none: t('none') }}>
        {(key) => (
          <ApiKeyRow
            key={key.id}
            apiKey={key}
            onRevoked={() => {
              leave();
              return again();
            }}
          />
        )}
      </OwnList>
    </Section>
  );
}
