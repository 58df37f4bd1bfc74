import { AArrowDown, AArrowUp, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { Button } from '@/components/ui/button';
import { Switch } from '@/components/ui/switch';
import type { Job } from '@/lib/jobs/schema';
import { FONT_SIZES, type ReaderPreferences } from './reader-preferences';
import { tooLongLook } from './too-long-look';

interface ViewMenuProps {
  job: Job;
  isWide: boolean;
  preferences: ReaderPreferences;
  onChange: (change: (before: ReaderPreferences) => ReaderPreferences) => void;
}

export function ViewMenu({ job, isWide, preferences, onChange }: ViewMenuProps) {
  const t = useTranslations('reader');
  const set = (some: Partial<ReaderPreferences>) => onChange((before) => ({ ...before, ...some }));
  const { fontStep, hidesOriginal, onlyChanged, marksTooLong } = preferences;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button kind="quiet" className="px-2.5 font-normal">
          <Settings2 aria-hidden />
          <span className="max-lg:sr-only">{t('view')}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Content
        aria-label={t('view')}
        sideOffset={6}
        collisionPadding={12}
        className="z-30 w-80 max-w-[calc(100vw-24px)] animate-appear rounded-lg bg-sheet p-4 shadow-float ring-1 ring-line"
      >
        <fieldset className="mb-2 flex items-center justify-between">
          <legend className="float-left">{t('fontSize')}</legend>
          <span className="flex gap-2">
            <Button aria-label={t('smaller')} disabled={fontStep === 0} onClick={() => set({ fontStep: fontStep - 1 })}>
              <AArrowDown aria-hidden />
            </Button>
            <Button
              aria-label={t('larger')}
              disabled={fontStep === FONT_SIZES.length - 1}
              onClick={() => set({ fontStep: fontStep + 1 })}
            >
              <AArrowUp aria-hidden />
            </Button>
          </span>
        </fieldset>
        <Switch label={t('markTooLong')} isOn={marksTooLong} onChange={(isOn) => set({ marksTooLong: isOn })} />
        <Switch label={t('onlyChanged')} isOn={onlyChanged} onChange={(isOn) => set({ onlyChanged: isOn })} />
        {isWide && (
          <Switch label={t('sideBySide')} isOn={!hidesOriginal} onChange={(isOn) => set({ hidesOriginal: !isOn })} />
        )}
        <Legend maxWords={job.sentence_length_limit} marksTooLong={marksTooLong} />
      </Popover.Content>
    </Popover.Root>
  );
}

/** What the marks beside and under the text mean. */
function Legend({ maxWords, marksTooLong }: { maxWords: number; marksTooLong: boolean }) {
  const t = useTranslations('reader');
  return (
    <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 border-line border-t pt-3 text-ink-soft text-sm">
      <dt className="border-accent border-l-2 pl-2">{t('legend.line')}</dt>
      <dd>{t('legend.rewritten')}</dd>
      {marksTooLong && (
        <>
          <dt className={tooLongLook}>{t('legend.dots')}</dt>
          <dd>{t('legend.tooLong', { words: maxWords })}</dd>
        </>
      )}
    </dl>
  );
}
