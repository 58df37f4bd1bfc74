import { useTranslations } from 'next-intl';
import type { RunStep } from '@/lib/runs/schema';
import { RunErrorWords } from './run-error-words';
import { RunState } from './run-state';
import { Took } from './took';

/** In the order in which they could begin. */
export function StepTable({ steps }: { steps: RunStep[] }) {
  const t = useTranslations('runs');
  return (
    <section aria-labelledby="steps" className="mt-8 border-line border-t pt-8">
      <h2 id="steps" className="font-semibold text-lg">
        {t('steps')}
      </h2>
      {steps.length === 0 && <p className="mt-3 text-ink-soft">{t('noSteps')}</p>}
      {steps.length > 0 && (
        <table className="mt-3 w-full">
          <caption className="sr-only">{t('steps')}</caption>
          <thead>
            <tr className="border-line border-b text-left text-ink-soft text-sm">
              <th scope="col" className="py-2 pr-3 font-normal">
                {t('step')}
              </th>
              <th scope="col" className="py-2 pr-3 font-normal">
                {t('state')}
              </th>
              <th scope="col" className="py-2 text-right font-normal">
                {t('facts.took')}
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <StepRow key={step.id} step={step} />
            ))}
          </tbody>
        </table>
      )}
      <p className="mt-4 text-ink-soft text-sm">{t('stepsMeaning')}</p>
    </section>
  );
}

function StepRow({ step: { name, status, attempts, took_ms: ms, error } }: { step: RunStep }) {
  const t = useTranslations('runs');
  return (
    <tr className="border-line border-b align-baseline">
      <td className="py-3 pr-3 break-words">{name}</td>
      <td className="py-3 pr-3">
        <RunState state={status} />
        {attempts > 1 && <span className="block text-ink-soft text-sm">{t('attempts', { attempts })}</span>}
        {error && <span className="block text-sm wrap-anywhere">{error.code ?? error.name}</span>}
        {error && (error.code ?? error.message) !== null && (
          <div className="text-sm">
            <RunErrorWords error={error} />
          </div>
        )}
      </td>
      <td className="py-3 text-right whitespace-nowrap tabular-nums">{ms === null ? '–' : <Took ms={ms} />}</td>
    </tr>
  );
}
