import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from './button';
import { classNames } from './class-names';
import { isFocusNowhere } from './is-focus-nowhere';

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  closeLabel: string;
  children: ReactNode;
  /** `side` comes from the left edge, for lists; `middle` floats. */
  place?: 'middle' | 'side';
  titleClassName?: string;
}

const PLACES = {
  middle:
    'inset-x-0 bottom-0 mx-auto w-full max-w-xl rounded-t-xl sm:top-[12vh] sm:bottom-auto sm:rounded-xl max-h-[85dvh]',
  side: 'inset-y-0 left-0 w-full max-w-sm',
};

export function Dialog({
  isOpen,
  onClose,
  title,
  closeLabel,
  children,
  place = 'middle',
  titleClassName,
}: DialogProps) {
  const opener = useRef<Element>(null);
  /** Without a trigger of its own Radix leaves the focus nowhere; wherever else it was put meanwhile, it stays. */
  const giveBackFocus = (event: Event) => {
    event.preventDefault();
    if (!isFocusNowhere()) return;
    const { current } = opener;
    const isThere = current instanceof HTMLElement && current !== document.body && current.isConnected;
    (isThere ? current : document.getElementById('main'))?.focus({ preventScroll: !isThere });
  };
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={giveBackFocus}
          className={classNames(
            'fixed z-50 flex animate-rise flex-col bg-sheet text-ink shadow-float focus:outline-none',
            PLACES[place],
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-4 sm:px-7 sm:pt-6">
            <Radix.Title
              className={classNames('min-w-0 pt-1.5 font-semibold text-pretty text-xl break-words', titleClassName)}
            >
              {title}
            </Radix.Title>
            <Radix.Close asChild>
              <Button kind="quiet" aria-label={closeLabel} className="-mr-3 shrink-0">
                <X aria-hidden />
              </Button>
            </Radix.Close>
          </div>
          <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-6 sm:px-7 sm:pb-7">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
