import { useTranslations } from 'next-intl';
import { type RefObject, useId, useState } from 'react';

interface PageBoxProps {
  page: number;
  firstPage: number;
  pages: number;
  /** So that a key can lead here. */
  input: RefObject<HTMLInputElement | null>;
  onGo: (page: number) => void;
}

/** « 12 / 500 », of which the 12 can be written over. */
export function PageBox({ page, firstPage, pages, input, onGo }: PageBoxProps) {
  const t = useTranslations('reader');
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const go = () => {
    input.current?.blur();
    if (typed) onGo(Math.min(pages, Math.max(firstPage, Number(typed))));
  };
  return (
    <form
      className="flex items-center gap-1.5 whitespace-nowrap tabular-nums"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('goToPage', { pages })}
      </label>
      <input
        ref={input}
        id={id}
        inputMode="numeric"
        enterKeyHint="go"
        autoComplete="off"
        value={typed ?? page}
        style={{ width: `calc(${String(pages).length}ch + 1.25rem)` }}
        className="control-edge h-9 rounded-md bg-sheet text-center"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, '').slice(0, 6))}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
      />
      <span aria-hidden>{t('ofPages', { pages })}</span>
    </form>
  );
}
