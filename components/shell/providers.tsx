'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ThemeProvider } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { ToastProvider } from '@/components/ui/toast';
import { isApiError } from '@/lib/client/api-error';

const MAX_RETRIES = 2;

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isApiError(error, 'UNAUTHENTICATED')) {
          window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname)}`);
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < MAX_RETRIES && isApiError(error) && error.problem.retryable,
      },
    },
  });
}

interface ProvidersProps {
  /** Lets the script run that sets the theme. */
  nonce: string | undefined;
  children: ReactNode;
}

export function Providers({ nonce, children }: ProvidersProps) {
  const t = useTranslations('site');
  const [queryClient] = useState(createQueryClient);
  return (
    <ThemeProvider attribute="data-theme" disableTransitionOnChange {...(nonce !== undefined && { nonce })}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider label={t('notifications')}>{children}</ToastProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
