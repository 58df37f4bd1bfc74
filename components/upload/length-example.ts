interface LengthExample {
  /** From this limit on, the sentence of before reads so. */
  from: number;
  sentences: readonly string[];
}

/** One sentence of our own, and what the offline engine makes of it at every limit; a test asks it. */
const LENGTH_EXAMPLES: readonly LengthExample[] = [
  {
    from: 3,
    sentences: [
      'L’orage cessait.',
      'Alors la fermière rouvrit ses volets.',
      'Elle s’assit près de la fenêtre.',
      'Elle regarda longtemps les enfants.',
      'Ces enfants couraient vers la rivière.',
    ],
  },
  {
    from: 8,
    sentences: [
      'Comme l’orage cessait, la fermière rouvrit ses volets.',
      'Elle s’assit près de la fenêtre.',
      'Elle regarda longtemps les enfants.',
      'Ces enfants couraient vers la rivière.',
    ],
  },
  {
    from: 10,
    sentences: [
      'Comme l’orage cessait, la fermière rouvrit ses volets.',
      'Elle s’assit près de la fenêtre.',
      'Elle regarda longtemps les enfants, qui couraient vers la rivière.',
    ],
  },
  {
    from: 16,
    sentences: [
      'Comme l’orage cessait, la fermière rouvrit ses volets.',
      'Elle s’assit près de la fenêtre et regarda longtemps les enfants, qui couraient vers la rivière.',
    ],
  },
  {
    from: 23,
    sentences: [
      'Comme l’orage cessait, la fermière rouvrit ses volets, s’assit près de la fenêtre et regarda longtemps les enfants, qui couraient vers la rivière.',
    ],
  },
];

export const exampleFor = (maxWords: number): readonly string[] =>
  LENGTH_EXAMPLES.findLast(({ from }) => from <= maxWords)?.sentences ?? [];
