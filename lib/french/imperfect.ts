import { PERSON } from './verb-lexicon';

const ENDINGS: Record<number, string> = {
  [PERSON.je]: 'ais',
  [PERSON.tu]: 'ais',
  [PERSON.il]: 'ait',
  [PERSON.nous]: 'ions',
  [PERSON.vous]: 'iez',
  [PERSON.ils]: 'aient',
};
const IRREGULAR_STEMS: Record<string, string> = { étant: 'ét', ayant: 'av', sachant: 'sav' };

/** From « criant » to « criait »: the two share their stem in all verbs but three. */
export function imperfectOf(presentParticiple: string, person: number): string {
  const ending = ENDINGS[person] ?? 'ait';
  const stem = IRREGULAR_STEMS[presentParticiple] ?? presentParticiple.replace(/ant$/u, '');
  const isShort = /^i/u.test(ending);
  // « mangeant », « lançant »: « mangions », « lancions »
  return (isShort ? stem.replace(/ge$/u, 'g').replace(/ç$/u, 'c') : stem) + ending;
}
