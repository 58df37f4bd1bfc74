import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { api } from '@/lib/client/browser-api';
import { EXPORT_FORMATS, type Job } from '@/lib/jobs/schema';
import { isTerminal } from '@/lib/jobs/status';

export function DownloadMenu({ job }: { job: Job }) {
  const t = useTranslations('download');
  return (
    <Menu
      trigger={
        <Button kind="quiet" className="px-2.5 text-accent">
          <Download aria-hidden />
          <span className="max-sm:sr-only">{t('title')}</span>
        </Button>
      }
    >
      {!isTerminal(job.status) && <p className="max-w-64 px-3 py-2 text-ink-soft text-sm">{t('unfinished')}</p>}
      {EXPORT_FORMATS.map((format) => (
        <MenuItem key={format} asChild>
          <a href={api.exportUrl(job.id, format)} download>
            <span className="font-semibold">{t(`${format}.name`)}</span>
            <span className="text-ink-soft text-sm">{t(`${format}.note`)}</span>
          </a>
        </MenuItem>
      ))}
    </Menu>
  );
}
