import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { controlLook } from '@/components/ui/field';
import { Switch } from '@/components/ui/switch';
import type { JobSettings } from '@/lib/jobs/schema';
import { GEMINI_MODELS } from '@/lib/rewrite/engine';

interface MoreSettingsProps {
  settings: JobSettings;
  onChange: (some: Partial<JobSettings>) => void;
  isOpen?: boolean;
}

const MIN_WORDS = Array.from({ length: 10 }, (_, index) => index + 1);

export function MoreSettings({ settings, onChange, isOpen = false }: MoreSettingsProps) {
  const t = useTranslations('settings');
  return (
    <details open={isOpen} className="group border-line border-t pt-2">
      <summary className="flex min-h-11 list-none items-center gap-2 rounded-md font-semibold [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="size-5 stroke-[1.5] transition-transform duration-150 group-open:rotate-90"
        />
        {t('title')}
      </summary>
      <div className="space-y-2 pt-2 pb-4">
        <Switch
          label={t('ignoreDialogue')}
          note={t('ignoreDialogueNote')}
          isOn={settings.ignore_dialogue}
          onChange={(isOn) => onChange({ ignore_dialogue: isOn })}
        />
        <Switch
          label={t('fixHyphenation')}
          note={t('fixHyphenationNote')}
          isOn={settings.fix_hyphenation}
          onChange={(isOn) => onChange({ fix_hyphenation: isOn })}
        />
        <Switch
          label={t('preserveFormatting')}
          note={t('preserveFormattingNote')}
          isOn={settings.preserve_formatting}
          onChange={(isOn) => onChange({ preserve_formatting: isOn })}
        />
        <Choice label={t('minWords')} note={t('minWordsNote')}>
          {(id) => (
            <select
              id={id}
              aria-describedby={`${id}-note`}
              className={controlLook}
              value={settings.min_sentence_length}
              onChange={(event) => onChange({ min_sentence_length: Number(event.target.value) })}
            >
              {MIN_WORDS.map((words) => (
                <option key={words}>{words}</option>
              ))}
            </select>
          )}
        </Choice>
        {settings.engine === 'gemini' && (
          <Choice label={t('model')} note={t('modelNote')}>
            {(id) => (
              <select
                id={id}
                aria-describedby={`${id}-note`}
                className={controlLook}
                value={settings.gemini_model}
                onChange={(event) => {
                  const model = GEMINI_MODELS.find((name) => name === event.target.value);
                  if (model) onChange({ gemini_model: model });
                }}
              >
                {GEMINI_MODELS.map((model) => (
                  <option key={model} value={model}>
                    {t(`models.${model}`)}
                  </option>
                ))}
              </select>
            )}
          </Choice>
        )}
      </div>
    </details>
  );
}

function Choice({ label, note, children }: { label: string; note: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-6 py-2">
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-note`} className="text-ink-soft text-sm">
          {note}
        </p>
      </div>
      <div className="w-36 shrink-0">{children(id)}</div>
    </div>
  );
}
