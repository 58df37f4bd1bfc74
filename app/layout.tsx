import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/literata/wght.css';
import '@fontsource-variable/literata/wght-italic.css';
import './globals.css';
import { JobDeskProvider } from '@/components/jobs/job-desk';
import { OfflineNotice } from '@/components/shell/offline-notice';
import { Providers } from '@/components/shell/providers';
import { SiteHeader } from '@/components/shell/site-header';
import { currentUser } from '@/lib/auth/current-user';
import { NONCE } from '@/lib/http/security-headers';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('site');
  return { title: { default: t('name'), template: `%s · ${t('name')}` }, description: t('description') };
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf7f0' },
    { media: '(prefers-color-scheme: dark)', color: '#15130f' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const nonce = (await headers()).get(NONCE) ?? undefined;
  const main = (
    <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-4 pt-8 pb-28 outline-none sm:px-6 sm:pt-14">
      {children}
    </main>
  );
  return (
    // next-themes sets the theme on <html> before React wakes up.
    <html lang={await getLocale()} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <Providers nonce={nonce}>
            <SiteHeader user={user} />
            <OfflineNotice />
            {user ? <JobDeskProvider>{main}</JobDeskProvider> : main}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
