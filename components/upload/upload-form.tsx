'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useJobDesk } from '@/components/jobs/job-desk';
import { type Limits, ProblemNotice } from '@/components/problems/problem-notice';
import { checkPdfFile, type FileFault } from '@/lib/client/check-pdf-file';
import { fetchSample } from '@/lib/client/fetch-sample';
import type { JobSettings, UserSettings } from '@/lib/jobs/schema';
import { ChosenNovel } from './chosen-novel';
import { DropArea } from './drop-area';
import { EngineChoice, type EngineOption } from './engine-choice';
import { LengthChoice } from './length-choice';
import { MoreSettings } from './more-settings';
import { UploadProgressBar } from './upload-progress-bar';
import { usePageDrop } from './use-page-drop';
import { useSendNovel } from './use-send-novel';

interface UploadFormProps {
  engines: EngineOption[];
  /** What the reader has chosen for novels in general. */
  usual: UserSettings;
  limits: Limits;
}

const BYTES_PER_MEGABYTE = 1024 * 1024;

export function UploadForm({ engines, usual, limits }: UploadFormProps) {
  const t = useTranslations('upload');
  const [settings, setSettings] = useState<JobSettings>(usual);
  const [name, setName] = useState('');
  const [fault, setFault] = useState<FileFault>();
  const [leftOut, setLeftOut] = useState(0);
  const [isSample, setIsSample] = useState(false);
  const desk = useJobDesk();
  const { state, send, forget, handOver } = useSendNovel();

  const latest = useRef(settings);
  useEffect(() => {
    latest.current = settings;
  }, [settings]);
  const choose = useCallback(
    async (chosen: File, others = 0) => {
      forget();
      setLeftOut(others);
      setIsSample(false);
      const found = await checkPdfFile(chosen, limits.megabytes * BYTES_PER_MEGABYTE);
      setFault(found);
      if (found !== undefined) return;
      setName(chosen.name);
      await send(chosen, latest.current);
    },
    [limits.megabytes, forget, send],
  );
  const chooseSample = () => {
    setFault(undefined);
    setLeftOut(0);
    setIsSample(true);
    setName(t('sampleName'));
    return send(fetchSample(), settings);
  };
  const isOver = usePageDrop(choose);
  const change = (some: Partial<JobSettings>) => setSettings((current) => ({ ...current, ...some }));

  return (
    <div className="space-y-12">
      <section aria-label={t('novel')} className="space-y-4">
        {state.phase === 'sending' ? (
          <UploadProgressBar name={name} progress={state.progress} onCancel={forget} />
        ) : state.phase === 'sent' ? (
          <ChosenNovel
            key={state.novel.quote.quote_id}
            novel={state.novel}
            settings={settings}
            isOver={isOver}
            startsIfFree={isSample}
            onStarted={(jobId) => {
              handOver();
              setLeftOut(0);
              desk.open(jobId);
            }}
            onSendAgain={() => send(state.novel.file, settings)}
            onChoose={choose}
          />
        ) : (
          <DropArea isOver={isOver} limits={limits} onChoose={choose} onSample={chooseSample} />
        )}
        <p role="status" className="text-center text-ink-soft text-sm empty:hidden">
          {leftOut > 0 && t('leftOut', { count: leftOut })}
        </p>
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
