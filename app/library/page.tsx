import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/app/require-user';
import { Library } from '@/components/library/library';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('library'))('title') };
}

export default async function LibraryPage() {
  await requireUser('/library');
  return (
    <div className="mx-auto max-w-4xl">
      <Library />
    </div>
  );
}
