interface WaitingProps {
  label: string;
  lines?: number;
}

/** The place where text will stand. Still: nothing moves before there is something to show. */
export function Waiting({ label, lines = 6 }: WaitingProps) {
  return (
    <div role="status" className="space-y-4 py-4">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
          key={line}
          aria-hidden
          className="h-4 rounded bg-mark"
          style={{ width: `${92 - ((line * 23) % 40)}%` }}
        />
      ))}
    </div>
  );
}
