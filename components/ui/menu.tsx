import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names';

interface MenuProps {
  trigger: ReactNode;
  children: ReactNode;
}

/** Stands where it is written, not at the end of the body: so it stays inside its landmark. */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        className="z-30 min-w-56 max-w-[calc(100vw-24px)] animate-appear rounded-lg bg-sheet p-1.5 text-ink shadow-float ring-1 ring-line"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return (
    <DropdownMenu.Item
      className={classNames(
        'flex min-h-11 cursor-pointer flex-col justify-center rounded-md px-3 py-2 outline-none data-highlighted:bg-mark',
        className,
      )}
      {...props}
    />
  );
}
