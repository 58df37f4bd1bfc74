import { HANDLING, idea, infinitivePhrase, thing, transitive } from './novel-actions';
import { byPronoun, capital, conjugate, elide, of, place, type Subject, somebody, somewhere } from './novel-phrases';
import type { Random } from './novel-random';
import { verbNamed } from './novel-verbs';

const NO_BREAK = '\u00a0';
const NARROW = '\u202f';
const SAYING = ['dire', 'répondre', 'murmurer', 'déclarer', 'soupirer'] as const;
const ASKING = ['demander', 'murmurer'] as const;
const HOW = [
  'en souriant',
  'sans lever les yeux',
  'à voix basse',
  'd’un ton sec',
  'avec douceur',
  'après un silence',
  'en haussant les épaules',
] as const;
const FAMILIAR = ['mon ami', 'madame', 'monsieur', 'mon enfant', 'docteur', 'ma chère'] as const;

interface Speech {
  text: string;
  mark: '.' | '?' | '!' | '…';
}

const handled = (random: Random) => verbNamed(random.pick(HANDLING));

const SPEECHES: readonly [(random: Random) => Speech, ...((random: Random) => Speech)[]] = [
  (random) => ({ text: `avez-vous ${handled(random).participle} ${thing(random).text}`, mark: '?' }),
  (random) => ({ text: `pourquoi ne pas ${infinitivePhrase(transitive(random))}`, mark: '?' }),
  (random) => ({ text: `où avez-vous ${handled(random).participle} ${thing(random).text}`, mark: '?' }),
  (random) => ({ text: `voulez-vous vraiment ${infinitivePhrase(transitive(random))}`, mark: '?' }),
  (random) => ({
    text: `qui donc pouvait ${infinitivePhrase(transitive(random))}, ${random.pick(FAMILIAR)}`,
    mark: '?',
  }),
  (random) => ({ text: `je ne veux plus ${infinitivePhrase(transitive(random))}`, mark: '.' }),
  (random) => ({ text: `il faudra ${infinitivePhrase(transitive(random))} avant la nuit`, mark: '.' }),
  (random) => ({ text: `vous savez bien que nous allons ${infinitivePhrase(transitive(random))}`, mark: '.' }),
  (random) => ({ text: `je ai ${handled(random).participle} ${thing(random).text} ${somewhere(random)}`, mark: '.' }),
  (random) => ({
    text: `on ne peut pas ${infinitivePhrase(transitive(random))} sans ${infinitivePhrase(transitive(random))}`,
    mark: '.',
  }),
  (random) => ({ text: `nous devons ${infinitivePhrase(transitive(random))}, ou tout sera perdu`, mark: '.' }),
  (random) => ({ text: `il y a dans ${place(random)} ${thing(random).text} que personne ne doit voir`, mark: '.' }),
  (random) => ({ text: `quelle folie de ${infinitivePhrase(transitive(random))}`, mark: '!' }),
  (random) => ({ text: `laissez-moi ${infinitivePhrase(transitive(random))}`, mark: '!' }),
  (random) => ({ text: `je ne sais… peut-être ${idea(random)} ${of(somebody(random).text)}`, mark: '…' }),
  (random) => ({
    text: `si vous pouviez ${infinitivePhrase(transitive(random))}, je vous donnerais ${random.between(12, 900)} francs`,
    mark: '.',
  }),
];

const BRIEF = [
  'jamais',
  'sans doute',
  'peut-être',
  'à demain',
  'comme vous voudrez',
  'silence',
  'bien sûr',
  'pas encore',
] as const;

const ended = ({ text, mark }: Speech) => `${text}${mark === '?' || mark === '!' ? `${NARROW}${mark}` : mark}`;

const sayingFor = (mark: Speech['mark']): typeof SAYING | typeof ASKING => (mark === '?' ? ASKING : SAYING);

/** « répondit-il », « demanda-t-elle », « murmura Jeanne ». */
function incise(random: Random, speaker: Subject, mark: Speech['mark']): string {
  const said = conjugate(verbNamed(random.pick(sayingFor(mark))), speaker, 'past');
  if (random.chance(0.5)) return `${said} ${speaker.text}`;
  return `${said}${said.endsWith('a') ? '-t' : ''}-${speaker.pronoun}`;
}

const bySomebody = (random: Random, speaker: Subject, mark: Speech['mark']) =>
  `${incise(random, speaker, mark)}${random.chance(0.35) ? ` ${random.pick(HOW)}` : ''}`;

/** The sentences of one speech opened by a dash; a mark inside the sentence does not end it (« … ? dit-il. »). */
export function dashSpeech(random: Random): string[] {
  const speech = random.pick(SPEECHES)(random);
  const speaker = somebody(random);
  const text = elide(capital(speech.text));
  const said = bySomebody(random, speaker, speech.mark);
  const sentences: string[] = [];
  if (random.chance(0.45)) {
    const joint = speech.mark === '.' ? ', ' : `${ended({ text: '', mark: speech.mark })} `;
    sentences.push(`—${NO_BREAK}${text}${joint}${said}.`);
  } else {
    sentences.push(`—${NO_BREAK}${ended({ ...speech, text })}`);
  }
  if (random.chance(0.4)) sentences.push(elide(capital(ended(random.pick(SPEECHES)(random)))));
  if (random.chance(0.12))
    sentences.push(`${capital(random.pick(BRIEF))}, ${random.pick(FAMILIAR)}, ${random.pick(BRIEF)}${NARROW}!`);
  return sentences;
}

/** Speech in guillemets within the narration, one sentence with its incise or its announcement. */
export function guillemetSpeech(random: Random): string {
  const speech = random.pick(SPEECHES)(random);
  const speaker = somebody(random);
  const text = elide(capital(speech.text));
  if (random.chance(0.5)) {
    const inner = speech.mark === '.' ? text : ended({ ...speech, text });
    return `«${NO_BREAK}${inner}${NO_BREAK}», ${bySomebody(random, speaker, speech.mark)}.`;
  }
  const said = conjugate(verbNamed(random.pick(sayingFor(speech.mark))), speaker, 'past');
  const subject = random.chance(0.3) ? byPronoun(speaker) : speaker;
  return `${capital(subject.text)} ${said}${NO_BREAK}: «${NO_BREAK}${ended({ ...speech, text })}${NO_BREAK}»`;
}
