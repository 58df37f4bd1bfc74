'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ProblemOf } from '@/components/problems/problem-of';
import { Button } from '@/components/ui/button';
import { EngineChoice, type EngineOption } from '@/components/upload/engine-choice';
import { LengthChoice } from '@/components/upload/length-choice';
import { MoreSettings } from '@/components/upload/more-settings';
import type { JobSettings, UserSettings } from '@/lib/jobs/schema';
import { useSavedSettings } from './use-saved-settings';

interface NovelSettingsProps {
  engines: EngineOption[];
  saved: UserSettings;
}

/** What every novel is rewritten with unless its reader says otherwise; saved as soon as it is changed. */
export function NovelSettings({ engines, saved }: NovelSettingsProps) {
  const t = useTranslations('preferences');
  const [settings, setSettings] = useState<JobSettings>(saved);
  const { state, error, saveAgain } = useSavedSettings(settings);
  const change = (some: Partial<JobSettings>) => setSettings((current) => ({ ...current, ...some }));
  return (
    <div className="space-y-12">
      <LengthChoice
        value={settings.sentence_length_limit}
        onChange={(value) => change({ sentence_length_limit: value })}
      />
      <EngineChoice engines={engines} value={settings.engine} onChange={(engine) => change({ engine })} />
      <MoreSettings settings={settings} onChange={change} isOpen />
      {/* Above the bar of a job at work; without words it covers nothing. */}
      <div role="status" className="pointer-events-none sticky bottom-18 flex min-h-10 justify-end">
        {state !== 'unchanged' && state !== 'failed' && (
          <span className="animate-appear rounded-md bg-sheet px-4 py-2 shadow-float ring-1 ring-line">
            {t(`states.${state}`)}
          </span>
        )}
      </div>
      {error && (
        <ProblemOf error={error}>
          <p>{t('notSaved')}</p>
          <Button onClick={saveAgain}>{t('again')}</Button>
        </ProblemOf>
      )}
    </div>
  );
}
