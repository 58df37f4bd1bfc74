'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { useJobDesk } from '@/components/jobs/job-desk';
import { type Limits, ProblemNotice } from '@/components/problems/problem-notice';
import { checkPdfFile, type FileFault, isFaultOfFile } from '@/lib/client/check-pdf-file';
import { fetchSample } from '@/lib/client/fetch-sample';
import { JobSettings } from '@/lib/jobs/schema';
import { ChosenFile } from './chosen-file';
import { DropArea } from './drop-area';
import { EngineChoice, type EngineOption } from './engine-choice';
import { LengthChoice } from './length-choice';
import { MoreSettings } from './more-settings';
import { UploadProgressBar } from './upload-progress-bar';
import { usePageDrop } from './use-page-drop';
import { useUpload } from './use-upload';

interface UploadFormProps {
  engines: EngineOption[];
  limits: Limits;
}

const BYTES_PER_MEGABYTE = 1024 * 1024;

export function UploadForm({ engines, limits }: UploadFormProps) {
  const t = useTranslations('upload');
  const [settings, setSettings] = useState(() => initialSettings(engines));
  const [file, setFile] = useState<File>();
  const [fault, setFault] = useState<FileFault>();
  const desk = useJobDesk();
  const openJob = desk.open;
  const upload = useUpload(
    useCallback(
      (job) => {
        setFile(undefined);
        openJob(job.id);
      },
      [openJob],
    ),
  );
  const { forget } = upload;

  const choose = useCallback(
    async (chosen: File) => {
      forget();
      const found = await checkPdfFile(chosen, limits.megabytes * BYTES_PER_MEGABYTE);
      setFault(found);
      setFile(found === undefined ? chosen : undefined);
    },
    [limits.megabytes, forget],
  );
  const isOver = usePageDrop(choose);
  const change = (some: Partial<JobSettings>) => setSettings((current) => ({ ...current, ...some }));

  const { state } = upload;
  const isRefused = state.phase === 'failed' && isFaultOfFile(state.error.code);
  const startSample = () => {
    setFault(undefined);
    setFile(undefined);
    return upload.start(fetchSample(), settings);
  };
  return (
    <div className="space-y-12">
      <section aria-label={t('novel')} className="space-y-4">
        {state.phase === 'sending' ? (
          <UploadProgressBar name={file?.name ?? t('sampleName')} progress={state.progress} onCancel={upload.cancel} />
        ) : file && !isRefused ? (
          <ChosenFile file={file} isOver={isOver} onStart={() => upload.start(file, settings)} onChoose={choose} />
        ) : (
          <DropArea isOver={isOver} limits={limits} onChoose={choose} onSample={startSample} />
        )}
        {fault !== undefined && (
          <ProblemNotice code={fault} limits={limits}>
            <p>{t('notSent')}</p>
          </ProblemNotice>
        )}
        {state.phase === 'failed' && (
          <ProblemNotice
            code={state.error.code}
            detail={state.error.problem.detail}
            fields={state.error.problem.errors}
            limits={limits}
          >
            <p>{t('nothingLost')}</p>
          </ProblemNotice>
        )}
      </section>
      <LengthChoice
        value={settings.sentence_length_limit}
        onChange={(value) => change({ sentence_length_limit: value })}
      />
      <EngineChoice engines={engines} value={settings.engine} onChange={(engine) => change({ engine })} />
      <MoreSettings settings={settings} onChange={change} />
    </div>
  );
}

function initialSettings(engines: EngineOption[]): JobSettings {
  const engine = engines.find(({ isDefault }) => isDefault)?.name ?? 'offline';
  return { ...JobSettings.parse({}), engine };
}
