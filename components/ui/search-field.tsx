import { useTranslations } from 'next-intl';
import { LONGEST_QUERY, type useSearchText } from '@/lib/client/use-search-text';
import { Field } from './field';

interface SearchFieldProps {
  label: string;
  search: ReturnType<typeof useSearchText>;
  autoFocus?: boolean;
}

/** Takes whatever is pasted into it, and says so when it is more than can be looked for. */
export function SearchField({ label, search, autoFocus = false }: SearchFieldProps) {
  const t = useTranslations('search');
  return (
    <div>
      <Field
        label={label}
        type="search"
        autoFocus={autoFocus}
        value={search.text}
        onChange={(event) => search.setText(event.target.value)}
      />
      <p role="status" className="mt-1.5 text-ink-soft text-sm empty:hidden">
        {search.isCut && t('cut', { count: LONGEST_QUERY })}
      </p>
    </div>
  );
}
