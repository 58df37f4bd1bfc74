/** One sentence of our own as it would read under ever tighter limits, the tightest first. Written by hand. */
export const LENGTH_EXAMPLES = [
  {
    maxWords: 6,
    sentences: [
      'La pluie cessa enfin.',
      'La vieille institutrice rouvrit ses volets.',
      'Elle posa sa tasse.',
      'La fenêtre était tout près.',
      'Elle regarda longtemps les enfants.',
      'Ils couraient vers la rivière.',
    ],
  },
  {
    maxWords: 8,
    sentences: [
      'La pluie cessa enfin.',
      'La vieille institutrice rouvrit ses volets.',
      'Elle posa sa tasse près de la fenêtre.',
      'Elle regarda longtemps les enfants.',
      'Ils couraient vers la rivière.',
    ],
  },
  {
    maxWords: 12,
    sentences: [
      'Quand la pluie cessa enfin, la vieille institutrice rouvrit ses volets.',
      'Elle posa sa tasse près de la fenêtre.',
      'Elle regarda longtemps les enfants qui couraient vers la rivière.',
    ],
  },
  {
    maxWords: 20,
    sentences: [
      'Quand la pluie cessa enfin, la vieille institutrice rouvrit ses volets et posa sa tasse près de la fenêtre.',
      'Elle regarda longtemps les enfants qui couraient vers la rivière.',
    ],
  },
  {
    maxWords: 28,
    sentences: [
      'Quand la pluie cessa enfin, la vieille institutrice rouvrit ses volets, posa sa tasse près de la fenêtre et regarda longtemps les enfants qui couraient vers la rivière.',
    ],
  },
] as const;

/** The longest form that keeps to the limit; below the tightest there is only the tightest. */
export function exampleFor(maxWords: number): readonly string[] {
  const fitting = LENGTH_EXAMPLES.findLast((example) => example.maxWords <= maxWords) ?? LENGTH_EXAMPLES[0];
  return fitting.sentences;
}
