import { Lock } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { requireUser } from '@/app/require-user';
import { AdminNav } from '@/components/admin/admin-nav';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

interface AdminFrameProps {
  /** Where to come back to after signing in. */
  path: string;
  children: ReactNode;
}

/** A page for admins; anybody else is told so. */
export async function AdminFrame({ path, children }: AdminFrameProps) {
  const user = await requireUser(path);
  if (user.role !== 'admin') {
    const t = await getTranslations('admin');
    return (
      <EmptyState icon={Lock} heading="h1" title={t('forbidden')}>
        <p>{t('forbiddenMeaning')}</p>
        <Button asChild>
          <Link href="/">{t('home')}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="mx-auto max-w-4xl">
      <AdminNav />
      {children}
    </div>
  );
}
