import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog';
import type { Job } from '@/lib/jobs/schema';
import { Contents } from './contents';
import { KeyHelp } from './key-help';
import { SearchPanel } from './search-panel';

export type Panel = 'contents' | 'search' | 'help';

interface ReaderPanelsProps {
  job: Job;
  open: Panel | undefined;
  onClose: () => void;
  onGoToSentence: (page: number, position: number) => void;
}

export function ReaderPanels({ job, open, onClose, onGoToSentence }: ReaderPanelsProps) {
  const t = useTranslations('reader');
  if (open === undefined) return null;
  const go = (page: number, position: number) => {
    onClose();
    onGoToSentence(page, position);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(open)}
      closeLabel={t('close')}
      place={open === 'help' ? 'middle' : 'side'}
    >
      {open === 'contents' && <Contents job={job} onGo={go} />}
      {open === 'search' && <SearchPanel job={job} onGo={go} />}
      {open === 'help' && <KeyHelp />}
    </Dialog>
  );
}
