import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  note?: ReactNode;
  error?: string | undefined;
}

export const controlLook =
  'control-edge min-h-11 w-full rounded-md bg-sheet px-3 text-ink placeholder:text-ink-soft aria-invalid:border-red [&::-webkit-search-cancel-button]:hidden';

export function Field({ label, note, error, className, ...props }: FieldProps) {
  const id = useId();
  const described = [note !== undefined && `${id}-note`, error !== undefined && `${id}-error`].filter(Boolean);
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-semibold break-words">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        className={classNames(controlLook, className)}
        {...props}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className="text-ink-soft text-sm">
          {note}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-red text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
