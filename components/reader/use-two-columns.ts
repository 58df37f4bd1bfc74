import { useReaderPreferences } from './reader-preferences';
import { useWideScreen } from './use-media';

/** Original and rewrite side by side: where there is room, unless the reader put the original away. */
export function useTwoColumns(): boolean {
  const [{ hidesOriginal }] = useReaderPreferences();
  return useWideScreen() && !hidesOriginal;
}

/** Everything around the text keeps to its edge. */
export const columnWidth = (hasTwoColumns: boolean) => (hasTwoColumns ? 'mx-auto max-w-5xl' : 'mx-auto max-w-[40rem]');
