import { z } from 'zod';
import { useStoredValue } from '@/lib/client/use-stored-value';

export const FONT_SIZES = [16, 18, 19, 20, 22, 25] as const;

export const ReaderPreferences = z.object({
  fontStep: z
    .int()
    .min(0)
    .max(FONT_SIZES.length - 1),
  hidesOriginal: z.boolean(),
  onlyChanged: z.boolean(),
  marksTooLong: z.boolean().default(true),
});
export type ReaderPreferences = z.infer<typeof ReaderPreferences>;

const DEFAULTS: ReaderPreferences = { fontStep: 2, hidesOriginal: false, onlyChanged: false, marksTooLong: true };

export const useReaderPreferences = () => useStoredValue('local', 'reader', ReaderPreferences, DEFAULTS);
