import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from './button';
import { controlLook } from './field';

interface ShownOnceProps {
  title: string;
  note: string;
  label: string;
  secret: string;
  words: { copy: string; copied: string; notCopied: string; done: string };
  onDone: () => void;
}

/** A secret that nobody will see again. */
export function ShownOnce({ title, note, label, secret, words, onDone }: ShownOnceProps) {
  const id = useId();
  const heading = useRef<HTMLParagraphElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'copied' | 'notCopied'>();
  useEffect(() => heading.current?.focus(), []);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(secret);
      setState('copied');
    } catch {
      // No leave, or a page without https: it stays selected, for the keyboard.
      setState('notCopied');
    }
  };
  return (
    <div className="animate-appear rounded-lg bg-accent-wash px-4 py-4">
      <p ref={heading} tabIndex={-1} className="font-semibold break-words text-accent outline-none">
        {title}
      </p>
      <p className="mt-1">{note}</p>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        ref={field}
        id={id}
        readOnly
        value={secret}
        onFocus={(event) => event.target.select()}
        className={`${controlLook} mt-3 font-mono text-sm`}
      />
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <Button kind="primary" onClick={copy}>
          {state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
          {words.copy}
        </Button>
        <Button onClick={onDone}>{words.done}</Button>
        <span role="status">{state && words[state]}</span>
      </div>
    </div>
  );
}
