/**
 * Words that make the fake misbehave when they stand in a sentence. A passing fault happens the first time the sentence
 * is asked for, and always with « Toujours » behind the word; a lasting one happens always.
 */
const CALL_SENTINELS = {
  Sentinelle429: 'passing',
  Sentinelle500: 'passing',
  SentinelleMalformee: 'passing',
  SentinelleTronquee: 'lasting',
  /** Cut off only when the sentence is asked for again with reasons. */
  SentinelleRechute: 'lasting',
  SentinelleBloquee: 'lasting',
  SentinelleRefusee: 'lasting',
  SentinelleLente: 'lasting',
} as const;
export type CallSentinel = keyof typeof CALL_SENTINELS;

const REPLY_SENTINELS = {
  SentinelleManquante: 'passing',
  SentinelleDouble: 'passing',
  SentinelleFausse: 'passing',
  SentinelleLongue: 'passing',
  SentinelleAnglaise: 'lasting',
} as const;
export type ReplySentinel = keyof typeof REPLY_SENTINELS;

const PERSISTENCE: Record<CallSentinel | ReplySentinel, 'passing' | 'lasting'> = {
  ...CALL_SENTINELS,
  ...REPLY_SENTINELS,
};

/** Remembers how often each passing fault has happened in each sentence. */
export function createSentinelMemory(passingTimes: number) {
  const seen = new Map<string, number>();
  return {
    /** Whether the sentence makes this fault happen now; counts it when it does. */
    strikes(sentinel: CallSentinel | ReplySentinel, sentence: string): boolean {
      if (!sentence.includes(sentinel)) return false;
      if (PERSISTENCE[sentinel] === 'lasting' || sentence.includes(`${sentinel}Toujours`)) return true;
      const key = `${sentinel} ${sentence}`;
      const times = seen.get(key) ?? 0;
      seen.set(key, times + 1);
      return times < passingTimes;
    },
    forget: () => seen.clear(),
  };
}
export type SentinelMemory = ReturnType<typeof createSentinelMemory>;
