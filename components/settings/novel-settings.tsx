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
      <div role="status" className="sticky bottom-0 min-h-10 bg-paper py-2 text-ink-soft">
        {state !== 'unchanged' && state !== 'failed' && t(`states.${state}`)}
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
