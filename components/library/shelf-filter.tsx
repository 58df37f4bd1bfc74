import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { controlLook, Field } from '@/components/ui/field';
import { JOB_STATUSES, type JobStatus } from '@/lib/jobs/status';

interface ShelfFilterProps {
  text: string;
  onText: (text: string) => void;
  status: JobStatus | undefined;
  onStatus: (status: JobStatus | undefined) => void;
}

export function ShelfFilter({ text, onText, status, onStatus }: ShelfFilterProps) {
  const t = useTranslations('library');
  const id = useId();
  return (
    <div className="mb-6 grid gap-4 sm:grid-cols-[1fr_14rem]">
      <Field label={t('search')} type="search" value={text} onChange={(event) => onText(event.target.value)} />
      <div className="space-y-1.5">
        <label htmlFor={id} className="block font-semibold">
          {t('state')}
        </label>
        <select
          id={id}
          className={controlLook}
          value={status ?? ''}
          onChange={(event) => onStatus(JOB_STATUSES.find((name) => name === event.target.value))}
        >
          <option value="">{t('allStates')}</option>
          {JOB_STATUSES.map((name) => (
            <option key={name} value={name}>
              {t(`states.${name}`)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
