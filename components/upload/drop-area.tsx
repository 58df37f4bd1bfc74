import { useTranslations } from 'next-intl';
import type { Limits } from '@/components/problems/problem-notice';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useHydrated } from '@/lib/client/use-hydrated';
import { PdfPicker } from './pdf-picker';

interface DropAreaProps {
  isOver: boolean;
  limits: Limits;
  onChoose: (file: File) => void;
  onSample: () => void;
}

export const dropLook = (isOver: boolean) =>
  classNames(
    'rounded-xl border-2 border-dashed px-5 py-10 transition-colors duration-150 sm:px-10',
    isOver ? 'border-accent bg-accent-wash' : 'border-edge bg-sheet',
  );

export function DropArea({ isOver, limits, onChoose, onSample }: DropAreaProps) {
  const isHydrated = useHydrated();
  const t = useTranslations('upload');
  return (
    <>
      <div className={classNames(dropLook(isOver), 'flex flex-col items-center gap-4 text-center sm:py-14')}>
        <p className="book text-xl">
          <span className="pointer-coarse:hidden">{t(isOver ? 'letGo' : 'drop')}</span>
          <span className="hidden pointer-coarse:inline">{t('dropByTouch')}</span>
        </p>
        <PdfPicker kind="primary" label={t('choose')} onChoose={onChoose} />
        <p className="text-ink-soft text-sm">{t('limits', { ...limits })}</p>
      </div>
      <p className="text-center">
        {t('noNovel')}{' '}
        <Button kind="link" disabled={!isHydrated} onClick={onSample}>
          {t('sample')}
        </Button>
      </p>
    </>
  );
}
