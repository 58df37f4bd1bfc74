import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { JobSettings } from '@/lib/jobs/schema';
import { dropLook } from './drop-area';
import { EstimateFigures } from './estimate-figures';
import { EstimateProblem } from './estimate-problem';
import { EstimateWarnings } from './estimate-warnings';
import { FileSize } from './file-size';
import { FoundPages } from './found-pages';
import { PdfPicker } from './pdf-picker';
import { useEstimate } from './use-estimate';
import type { SentNovel } from './use-send-novel';

interface ChosenNovelProps {
  novel: SentNovel;
  settings: JobSettings;
  isOver: boolean;
  /** Whether one click was enough, as long as it costs nothing. */
  startsIfFree: boolean;
  onStarted: (jobId: string) => void;
  onSendAgain: () => void;
  onChoose: (file: File) => void;
}

/** What was found in the novel and what it will cost, before anything is spent. */
export function ChosenNovel(props: ChosenNovelProps) {
  const { novel, settings, isOver, startsIfFree, onStarted, onSendAgain, onChoose } = props;
  const t = useTranslations('estimate');
  const { quote, error, isCounting, countAgain } = useEstimate(novel, settings);
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: (quoteId: string) => api.startEstimated(quoteId),
    onSuccess: ({ job_id }) => onStarted(job_id),
    onSettled: () =>
      Promise.all([queryKeys.jobs, queryKeys.credits].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  }, []);
  const isStarted = useRef(false);
  useEffect(() => {
    if (!startsIfFree || isStarted.current || novel.quote.estimated_credits > 0) return;
    isStarted.current = true;
    start.mutate(novel.quote.quote_id);
  }, [startsIfFree, novel.quote, start.mutate]);

  const isTooDear = quote?.warnings.some(({ code }) => code === 'INSUFFICIENT_CREDITS') ?? false;
  const { file } = novel.quote;
  return (
    <div
      className={
        isOver ? dropLook(true) : 'rounded-xl border-2 border-transparent bg-sheet px-5 py-8 ring-1 ring-line sm:px-10'
      }
    >
      <div className="flex items-start gap-4">
        <FileText aria-hidden className="mt-1 size-7 shrink-0 stroke-1 text-accent" />
        <div className="min-w-0">
          <h2 ref={title} tabIndex={-1} className="book text-xl break-words outline-none">
            {file.name}
          </h2>
          <p className="text-ink-soft">
            <FoundPages file={file} /> · <FileSize bytes={file.bytes} />
          </p>
        </div>
      </div>
      <div className="mt-6 space-y-6">
        {quote && <EstimateFigures quote={quote} isOld={isCounting} />}
        {quote && !isCounting && <EstimateWarnings quote={quote} maxWords={settings.sentence_length_limit} />}
        {error && <EstimateProblem error={error} onCountAgain={countAgain} onSendAgain={onSendAgain} />}
        {start.error && <EstimateProblem error={start.error} onSendAgain={onSendAgain} />}
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        <Button
          kind="primary"
          className="px-8"
          disabled={quote === undefined || isCounting || isTooDear || start.isPending || start.isSuccess}
          onClick={() => quote && start.mutate(quote.quote_id)}
        >
          {t('start')}
        </Button>
        <PdfPicker kind="plain" label={t('chooseOther')} onChoose={onChoose} />
      </div>
      <p role="status" className="mt-4 text-ink-soft text-sm">
        {isCounting ? t('counting') : t('beforeStart')}
      </p>
    </div>
  );
}
