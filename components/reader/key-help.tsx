import { useTranslations } from 'next-intl';

const KEYS = [
  ['j', 'nextSentence'],
  ['k', 'previousSentence'],
  ['n', 'nextPage'],
  ['p', 'previousPage'],
  ['g', 'goToPage'],
  ['o', 'original'],
  ['e', 'edit'],
  ['/', 'search'],
  ['?', 'help'],
] as const;

export function KeyHelp() {
  const t = useTranslations('keys');
  return (
    <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-5 gap-y-3">
      {KEYS.map(([key, meaning]) => (
        <div key={key} className="contents">
          <dt>
            <kbd className="inline-block min-w-8 rounded border border-edge px-2 py-0.5 text-center font-sans">
              {key}
            </kbd>
          </dt>
          <dd>{t(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
