import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { dropLook } from './drop-area';
import { FileSize } from './file-size';
import { PdfPicker } from './pdf-picker';

interface ChosenFileProps {
  file: File;
  isOver: boolean;
  onStart: () => void;
  onChoose: (file: File) => void;
}

export function ChosenFile({ file, isOver, onStart, onChoose }: ChosenFileProps) {
  const t = useTranslations('upload');
  return (
    <div className={dropLook(isOver)}>
      <div className="flex items-start gap-4">
        <FileText aria-hidden className="mt-1 size-7 shrink-0 stroke-1 text-accent" />
        <div className="min-w-0">
          <h2 className="book text-xl break-words">{file.name}</h2>
          <p className="text-ink-soft">
            <FileSize bytes={file.size} />
          </p>
        </div>
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button kind="primary" onClick={onStart} className="px-8">
          {t('start')}
        </Button>
        <PdfPicker kind="plain" label={t('chooseOther')} onChoose={onChoose} />
      </div>
      <p className="mt-4 text-ink-soft text-sm">{t('beforeStart')}</p>
    </div>
  );
}
