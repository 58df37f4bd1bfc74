import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from './class-names';

const look = cva(
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-4 text-center font-semibold transition-colors duration-150 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:stroke-[1.5]',
  {
    variants: {
      kind: {
        primary:
          'bg-accent text-on-accent hover:bg-accent-strong disabled:bg-mark disabled:text-ink-soft disabled:hover:bg-mark',
        plain: 'control-edge bg-transparent text-ink hover:bg-mark disabled:text-ink-soft',
        quiet: 'px-3 text-ink hover:bg-mark disabled:text-ink-soft',
        link: 'min-h-0 px-0 text-accent underline decoration-1 underline-offset-4 hover:decoration-2',
        danger: 'bg-red text-paper hover:brightness-110',
      },
    },
    defaultVariants: { kind: 'plain' },
  },
);

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  /** Gives the look to the one child, a link for example. */
  asChild?: boolean;
}

export function Button({ asChild = false, kind, className, type = 'button', ...props }: ButtonProps) {
  const classes = classNames(look({ kind }), className);
  if (asChild) return <Slot.Root className={classes} {...props} />;
  return <button type={type} className={classes} {...props} />;
}
