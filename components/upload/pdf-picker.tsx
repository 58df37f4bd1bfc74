'use client';

import { type ComponentProps, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { useHydrated } from '@/lib/client/use-hydrated';

interface PdfPickerProps {
  kind: ComponentProps<typeof Button>['kind'];
  label: string;
  onChoose: (file: File) => void;
}

export function PdfPicker({ kind, label, onChoose }: PdfPickerProps) {
  const isHydrated = useHydrated();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={kind} disabled={!isHydrated} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/pdf,.pdf"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onChoose(file);
          // So that the same file can be chosen again after it was mended.
          event.target.value = '';
        }}
      />
    </>
  );
}
