import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { tooLongLook } from '@/components/reader/too-long-look';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Slider } from '@/components/ui/slider';
import { splitByLimit } from '@/lib/client/split-by-limit';
import { exampleFor } from './length-example';

interface LengthChoiceProps {
  value: number;
  onChange: (value: number) => void;
}

const SHORTEST = 3;
const LONGEST = 50;
const PRESETS = [6, 8, 12];

export function LengthChoice({ value, onChange }: LengthChoiceProps) {
  const t = useTranslations('length');
  const example = splitByLimit(exampleFor(value), value);
  return (
    <section aria-labelledby="length-title">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="length-title" className="font-semibold text-lg">
          {t('title')}
        </h2>
        <p className="tabular-nums">{t('value', { words: value })}</p>
      </div>
      <Slider
        label={t('title')}
        valueText={t('value', { words: value })}
        value={value}
        min={SHORTEST}
        max={LONGEST}
        onChange={onChange}
      />
      <fieldset className="-mx-3 flex flex-wrap">
        <legend className="sr-only">{t('presets')}</legend>
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            kind="quiet"
            aria-pressed={preset === value}
            onClick={() => onChange(preset)}
            className={classNames(
              'font-normal',
              preset === value && 'font-semibold text-accent underline underline-offset-8',
            )}
          >
            {t('value', { words: preset })}
          </Button>
        ))}
      </fieldset>
      <p className="mt-1 text-ink-soft">{t('meaning')}</p>
      <figure className="mt-5 min-h-36 max-sm:min-h-52">
        <figcaption className="text-ink-soft text-sm">{t('example', { words: value })}</figcaption>
        <p lang="fr" aria-live="polite" className="book mt-2 border-accent border-l-2 pl-5 text-lg">
          {example.map(({ text, isOver }, index) => (
            <Fragment key={text}>
              {index > 0 && ' '}
              <span className={isOver ? tooLongLook : undefined}>{text}</span>
            </Fragment>
          ))}
        </p>
        {example.some(({ isOver }) => isOver) && <p className="mt-2 text-amber text-sm">{t('tooTight')}</p>}
      </figure>
    </section>
  );
}
