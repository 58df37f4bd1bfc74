import { useTranslations } from 'next-intl';
import type { EngineName } from '@/lib/rewrite/engine';

export interface EngineOption {
  name: EngineName;
  isAvailable: boolean;
  isDefault: boolean;
}

interface EngineChoiceProps {
  engines: EngineOption[];
  value: EngineName | undefined;
  onChange: (engine: EngineName) => void;
}

export function EngineChoice({ engines, value, onChange }: EngineChoiceProps) {
  const t = useTranslations('engines');
  return (
    <fieldset>
      <legend className="font-semibold text-lg">{t('title')}</legend>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        {engines.map(({ name, isAvailable }) => (
          <label
            key={name}
            className="flex gap-3 rounded-lg border border-edge px-4 py-3.5 has-checked:border-accent has-checked:bg-accent-wash has-enabled:cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              name="engine"
              value={name}
              checked={value === name}
              disabled={!isAvailable}
              onChange={() => onChange(name)}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="space-y-1">
              <span className="block font-semibold">{t(`${name}.name`)}</span>
              <span className="block">{t(`${name}.price`)}</span>
              <span className="block text-ink-soft">{t(`${name}.privacy`)}</span>
              {!isAvailable && <span className="block text-amber">{t('unavailable')}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
