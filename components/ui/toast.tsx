'use client';

import { Toast as Radix } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Button } from './button';

interface ToastRequest {
  text: string;
  actionLabel?: string;
  onAction?: () => void;
  durationMs: number;
}

const ShowToast = createContext<(request: ToastRequest) => void>(() => undefined);

/** Says one thing at the foot of the page for a while, with at most one thing to do about it. */
export const useToast = () => useContext(ShowToast);

export function ToastProvider({ label, children }: { label: string; children: ReactNode }) {
  const [toasts, setToasts] = useState<(ToastRequest & { id: number })[]>([]);
  const show = useCallback((request: ToastRequest) => {
    setToasts((current) => [...current, { ...request, id: (current.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const remove = (id: number) => setToasts((current) => current.filter((toast) => toast.id !== id));
  return (
    <ShowToast value={show}>
      <Radix.Provider label={label} swipeDirection="down">
        {children}
        {toasts.map(({ id, text, actionLabel, onAction, durationMs }) => (
          <Radix.Root
            key={id}
            duration={durationMs}
            onOpenChange={(open) => !open && remove(id)}
            className="flex animate-rise items-center justify-between gap-4 rounded-lg bg-ink py-2 pr-2 pl-4 text-paper shadow-float"
          >
            <Radix.Description className="min-w-0 break-words">{text}</Radix.Description>
            {actionLabel !== undefined && (
              <Radix.Action asChild altText={actionLabel}>
                <Button kind="quiet" onClick={onAction} className="shrink-0 text-paper hover:bg-ink-soft">
                  {actionLabel}
                </Button>
              </Radix.Action>
            )}
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 outline-none" />
      </Radix.Provider>
    </ShowToast>
  );
}
