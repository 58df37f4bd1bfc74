import { type ComponentProps, type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button';

interface AskFirstProps {
  trigger: Omit<ComponentProps<typeof Button>, 'onClick' | 'ref'>;
  question: string;
  /** What it means, and what else has to be told. */
  children: ReactNode;
  act: string;
  keep: string;
  isBusy: boolean;
  onAct: (form: FormData) => void;
  problem?: ReactNode;
}

/** A button for what cannot be undone: says what it means, and does it on the second press. */
export function AskFirst({ trigger, question, children, act, keep, isBusy, onAct, problem }: AskFirstProps) {
  const [isAsking, setAsking] = useState(false);
  const wasAsking = useRef(false);
  const said = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const asked = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (isAsking) said.current?.focus();
    else if (wasAsking.current) button.current?.focus();
    wasAsking.current = isAsking;
  }, [isAsking]);

  useEffect(() => {
    if (!isAsking) return;
    // Before the dialog that it may stand in hears of it: Escape says no to the question, and nothing else.
    const sayNo = (event: KeyboardEvent) => {
      const place = asked.current?.closest('[role="dialog"]') ?? asked.current;
      if (event.key !== 'Escape' || !(event.target instanceof Node) || !place?.contains(event.target)) return;
      event.stopPropagation();
      if (!isBusy) setAsking(false);
    };
    window.addEventListener('keydown', sayNo, { capture: true });
    return () => window.removeEventListener('keydown', sayNo, { capture: true });
  }, [isAsking, isBusy]);

  if (!isAsking) return <Button {...trigger} ref={button} onClick={() => setAsking(true)} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAct(new FormData(event.currentTarget));
  };
  return (
    <form ref={asked} onSubmit={submit} className="basis-full animate-appear rounded-lg bg-mark px-4 py-4">
      <p ref={said} tabIndex={-1} className="font-semibold break-words outline-none">
        {question}
      </p>
      <div className="mt-1 space-y-4">{children}</div>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button type="submit" kind="danger" disabled={isBusy}>
          {act}
        </Button>
        <Button disabled={isBusy} onClick={() => setAsking(false)}>
          {keep}
        </Button>
      </div>
      {problem && <div className="mt-4">{problem}</div>}
    </form>
  );
}
