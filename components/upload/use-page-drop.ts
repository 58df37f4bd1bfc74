import { useEffect, useState } from 'react';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** The whole page takes a dropped file: nobody has to aim. Says whether one hangs over it. */
export function usePageDrop(onFile: (file: File, leftOut: number) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const on = (type: 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(type, handle, { signal: listening.signal });
    on('dragover', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    });
    on('dragleave', (event) => event.relatedTarget === null && setOver(false));
    on('drop', (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const [file, ...leftOut] = event.dataTransfer?.files ?? [];
      if (file) onFile(file, leftOut.length);
    });
    return () => listening.abort();
  }, [onFile]);
  return isOver;
}
