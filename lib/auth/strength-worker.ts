import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';
import { dictionary as french } from '@zxcvbn-ts/language-fr';

export interface StrengthTask {
  password: string;
  /** What a guesser would try first: the person's own address and name. */
  personal: string[];
}

const judge = new ZxcvbnFactory({
  translations,
  graphs: adjacencyGraphs,
  dictionary: { ...common, ...english, ...french },
});

/** Fewer than 10⁸ guesses: a lexicon or a list of leaked passwords would find it. */
const SAFE_SCORE = 3;

/** Why the password is guessable, in a sentence; undefined when it is not. */
export async function run({ password, personal }: StrengthTask): Promise<string | undefined> {
  const { score, feedback } = judge.check(password, personal);
  if (score >= SAFE_SCORE) return undefined;
  return feedback.warning ?? 'This is easy to guess. Several words that do not belong together are not.';
}
