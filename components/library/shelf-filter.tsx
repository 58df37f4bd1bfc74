import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { JOB_STATUSES, type JobStatus } from '@/lib/jobs/status';

interface ShelfFilterProps {
  text: string;
  onText: (text: string) => void;
  status: JobStatus | undefined;
  onStatus: (status: JobStatus | undefined) => void;
}

export function ShelfFilter({ text, onText, status, onStatus }: ShelfFilterProps) {
  const t = useTranslations('library');
  return (
    <div className="mb-6 grid gap-4 sm:grid-cols-[1fr_14rem]">
      <Field label={t('search')} type="search" value={text} onChange={(event) => onText(event.target.value)} />
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
