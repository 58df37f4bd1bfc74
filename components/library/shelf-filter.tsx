import { useTranslations } from 'next-intl';
import { SearchField } from '@/components/ui/search-field';
import { SelectField } from '@/components/ui/select-field';
import type { useSearchText } from '@/lib/client/use-search-text';
import { JOB_STATUSES, type JobStatus } from '@/lib/jobs/status';

interface ShelfFilterProps {
  search: ReturnType<typeof useSearchText>;
  status: JobStatus | undefined;
  onStatus: (status: JobStatus | undefined) => void;
}

export function ShelfFilter({ search, status, onStatus }: ShelfFilterProps) {
  const t = useTranslations('library');
  return (
    <div className="mb-6 grid gap-4 sm:grid-cols-[1fr_14rem]">
      <SearchField label={t('search')} search={search} />
      <SelectField
        label={t('state')}
        value={status ?? ''}
        onChange={(chosen) => onStatus(JOB_STATUSES.find((name) => name === chosen))}
      >
        <option value="">{t('allStates')}</option>
        {JOB_STATUSES.map((name) => (
          <option key={name} value={name}>
            {t(`states.${name}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
