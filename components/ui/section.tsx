import { type ReactNode, type Ref, useId } from 'react';

interface SectionProps {
  title: string;
  note?: ReactNode;
  /** Takes the focus when what had it is gone. */
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
}

/** A part of a page that is about one thing. */
export function Section({ title, note, headingRef, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-t pt-8 pb-10 first-of-type:border-t-0">
      <h2 id={id} ref={headingRef} tabIndex={-1} className="font-semibold text-lg outline-none">
        {title}
      </h2>
      {note !== undefined && <p className="mt-1 text-ink-soft">{note}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}
