import { AArrowDown, AArrowUp, ChevronLeft, ChevronRight, Keyboard, ListTree, Search, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { Button } from '@/components/ui/button';
import { Switch } from '@/components/ui/switch';
import type { Job } from '@/lib/jobs/schema';
import { DownloadMenu } from './download-menu';
import type { Panel } from './reader-panels';
import { FONT_SIZES, type ReaderPreferences } from './reader-preferences';

interface ReaderToolbarProps {
  job: Job;
  page: number;
  isWide: boolean;
  preferences: ReaderPreferences;
  onChange: (change: (before: ReaderPreferences) => ReaderPreferences) => void;
  onGoToPage: (page: number) => void;
  onOpen: (panel: Panel) => void;
}

export function ReaderToolbar({ job, page, onGoToPage, onOpen, ...view }: ReaderToolbarProps) {
  const t = useTranslations('reader');
  return (
    <nav
      aria-label={t('tools')}
      className="sticky top-0 z-10 -mx-4 mb-2 flex items-center gap-x-0.5 border-line border-b bg-paper px-2 py-1.5 sm:mx-0 sm:px-0"
    >
      <ToolButton icon={ListTree} label={t('contents')} onClick={() => onOpen('contents')} />
      <ToolButton icon={Search} label={t('search')} onClick={() => onOpen('search')} />
      <ViewMenu {...view} />
      <div className="mx-auto flex items-center">
        <Button
          kind="quiet"
          className="px-2"
          aria-label={t('previousPage')}
          disabled={page <= 1}
          onClick={() => onGoToPage(page - 1)}
        >
          <ChevronLeft aria-hidden />
        </Button>
        <p className="min-w-12 text-center tabular-nums max-sm:text-sm">
          <span className="sr-only">{t('page', { page })}</span>
          <span aria-hidden>{t('pageOf', { page, pages: job.pages })}</span>
        </p>
        <Button
          kind="quiet"
          className="px-2"
          aria-label={t('nextPage')}
          disabled={page >= job.pages}
          onClick={() => onGoToPage(page + 1)}
        >
          <ChevronRight aria-hidden />
        </Button>
      </div>
      <div className="max-sm:hidden">
        <ToolButton icon={Keyboard} label={t('help')} onClick={() => onOpen('help')} />
      </div>
      <DownloadMenu job={job} />
    </nav>
  );
}

interface ToolButtonProps {
  icon: typeof Search;
  label: string;
  onClick?: () => void;
}

/** The word beside the icon gives way on narrow screens, but not to a screen reader. */
function ToolButton({ icon: Icon, label, ...props }: ToolButtonProps) {
  return (
    <Button kind="quiet" className="px-2.5 font-normal" {...props}>
      <Icon aria-hidden />
      <span className="max-lg:sr-only">{label}</span>
    </Button>
  );
}

function ViewMenu({ isWide, preferences, onChange }: Pick<ReaderToolbarProps, 'isWide' | 'preferences' | 'onChange'>) {
  const t = useTranslations('reader');
  const set = (some: Partial<ReaderPreferences>) => onChange((before) => ({ ...before, ...some }));
  const { fontStep, hidesOriginal, onlyChanged } = preferences;
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
        <Switch label={t('onlyChanged')} isOn={onlyChanged} onChange={(isOn) => set({ onlyChanged: isOn })} />
        {isWide && (
          <Switch label={t('sideBySide')} isOn={!hidesOriginal} onChange={(isOn) => set({ hidesOriginal: !isOn })} />
        )}
      </Popover.Content>
    </Popover.Root>
  );
}
