import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { UploadProgress } from '@/lib/client/upload-with-progress';

interface UploadProgressBarProps {
  name: string;
  progress: UploadProgress;
  onCancel: () => void;
}

export function UploadProgressBar({ name, progress, onCancel }: UploadProgressBarProps) {
  const t = useTranslations('upload');
  const { sentBytes, totalBytes } = progress;
  const percent = totalBytes === 0 ? 0 : Math.floor((sentBytes * 100) / totalBytes);
  const isSent = totalBytes > 0 && sentBytes >= totalBytes;
  return (
    <div className="rounded-xl bg-sheet px-5 py-8 ring-1 ring-line sm:px-10">
      <h2 className="book text-xl break-words">{name}</h2>
      <p role="status" className="mt-1 text-ink-soft">
        {isSent ? t('looking') : t('sending')}
      </p>
      <div className="mt-5 flex items-center gap-4">
        <div
          role="progressbar"
          aria-label={t('sending')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="h-2 grow overflow-hidden rounded-full bg-mark ring-1 ring-edge"
        >
          <div className="h-full bg-accent" style={{ width: `${percent}%` }} />
        </div>
        <span aria-hidden className="w-12 text-right tabular-nums">
          {t('percent', { share: percent / 100 })}
        </span>
      </div>
      <Button onClick={onCancel} className="mt-5">
        {t('cancelUpload')}
      </Button>
    </div>
  );
}
