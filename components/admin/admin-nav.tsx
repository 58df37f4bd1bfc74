'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';

const PLACES = { '/admin': 'accounts', '/admin/runs': 'runs' } as const;

export function AdminNav() {
  const t = useTranslations('admin');
  const path = usePathname();
  const isIn = (place: string) => (place === '/admin' ? path === place : path.startsWith(place));
  return (
    <nav aria-label={t('places.label')} className="mb-8 flex gap-6 border-line border-b">
      {(['/admin', '/admin/runs'] as const).map((place) => (
        <Link
          key={place}
          href={place}
          aria-current={isIn(place) ? 'page' : undefined}
          className="-mb-px flex min-h-11 items-center border-transparent border-b-2 text-ink-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
        >
          {t(`places.${PLACES[place]}`)}
        </Link>
      ))}
    </nav>
  );
}
