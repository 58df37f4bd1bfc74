import { ChevronLeft, ChevronRight, Keyboard, ListTree, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { Button } from '@/components/ui/button';
import type { Job } from '@/lib/jobs/schema';
import { DownloadMenu } from './download-menu';
import { PageBox } from './page-box';
import type { Panel } from './reader-panels';
import type { ReaderPreferences } from './reader-preferences';
import { ViewMenu } from './view-menu';

interface ReaderToolbarProps {
  job: Job;
  page: number;
  firstPage: number;
  isWide: boolean;
  preferences: ReaderPreferences;
  onChange: (change: (before: ReaderPreferences) => ReaderPreferences) => void;
  pageBox: RefObject<HTMLInputElement | null>;
  /** Turns over to it. */
  onGoToPage: (page: number) => void;
  /** Jumps to it, so that Back leads here again. */
  onLeap: (page: number) => void;
  onOpen: (panel: Panel) => void;
}

export function ReaderToolbar(props: ReaderToolbarProps) {
  const { job, page, firstPage, pageBox, onGoToPage, onLeap, onOpen, ...view } = props;
  const t = useTranslations('reader');
  return (
    <nav
      aria-label={t('tools')}
      // It is always in sight: a focus on its buttons must not scroll the text to clear the padding of the page.
      className="[&_button]:-scroll-my-20 [&_input]:-scroll-my-20 sticky top-0 z-10 -mx-4 mb-2 flex items-center gap-x-0.5 border-line border-b bg-paper px-2 py-1.5 sm:px-4 xl:before:absolute xl:before:inset-y-0 xl:before:right-full xl:before:w-20 xl:before:bg-paper"
    >
      <ToolButton icon={ListTree} label={t('contents')} onClick={() => onOpen('contents')} />
      <ToolButton icon={Search} label={t('search')} onClick={() => onOpen('search')} />
      <ViewMenu job={job} {...view} />
      <div className="mx-auto flex items-center">
        <Button
          kind="quiet"
          className="px-2"
          aria-label={t('previousPage')}
          disabled={page <= firstPage}
          onClick={() => onGoToPage(page - 1)}
        >
          <ChevronLeft aria-hidden />
        </Button>
        <PageBox page={page} firstPage={firstPage} pages={job.pages} input={pageBox} onGo={onLeap} />
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
