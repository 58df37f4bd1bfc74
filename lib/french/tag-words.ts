import { isFiniteHere } from './finite-reading';
import {
  ADVERBS,
  COORDINATORS,
  DETERMINERS,
  NEGATIONS,
  PREPOSITIONS,
  RELATIVES,
  SUBJECTS,
  SUBORDINATORS,
  WEAK_SUBJECTS,
} from './function-words';
import { isNominalForm } from './nominal-lexicon';
import { isBeOrHave, OPENS_SENTENCE, type Place, type Tag, type Word } from './tagged-word';
import { tokenize } from './tokens';
import { type VerbForm, verbForm } from './verb-lexicon';
import { tagWeakWord } from './weak-words';

const CLOSED_CLASSES: [ReadonlySet<string>, Tag][] = [
  [DETERMINERS, 'determiner'],
  [SUBORDINATORS, 'subordinator'],
  [RELATIVES, 'relative'],
  [COORDINATORS, 'coordinator'],
  [PREPOSITIONS, 'preposition'],
  [NEGATIONS, 'negation'],
  [ADVERBS, 'adverb'],
];

/** « si grand », « si vite » against « si le vent tourne ». */
const isSoMuch = ({ token, next }: Place): boolean =>
  token.form === 'si' &&
  next !== undefined &&
  !/^\p{Lu}/u.test(next.text) &&
  !/^(?:rien|tout|tous|personne|chacun|jamais|monsieur|madame|mademoiselle|mme|mlle|milady|milord|maman|papa)$/u.test(
    next.form,
  ) &&
  isNominalForm(next.form) &&
  !DETERMINERS.has(next.form) &&
  !WEAK_SUBJECTS.has(next.form) &&
  !SUBJECTS.has(next.form);

function tagClosedClass(place: Place): Tag | undefined {
  const { token, before, next } = place;
  const { form } = token;
  if (next?.text.startsWith('-')) return undefined;
  if (SUBJECTS.has(form) && !(form === 'tu' && isBeOrHave(before?.verb))) return 'subject';
  if (form === "s'" && /^ils?$/u.test(next?.form ?? '')) return 'subordinator';
  // « en or », « d’or »
  if (form === 'or' && /^(?:de|d'|en|l'|à|cet)$/u.test(before?.form ?? '')) return 'other';
  const weak = tagWeakWord(place);
  if (weak !== undefined) return weak;
  if (isSoMuch(place)) return 'adverb';
  return CLOSED_CLASSES.find(([words]) => words.has(form))?.[1];
}

function tagVerbForm(place: Place, verb: VerbForm): Tag {
  const { token, before } = place;
  if (verb.isPastParticiple && /^(?:avoir|être)$/u.test(before?.form ?? '')) return 'past-participle';
  if (verb.persons > 0 && isFiniteHere(place, verb)) return 'verb';
  if (before?.tag === 'determiner') return 'other';
  if (verb.isInfinitive) return 'infinitive';
  const announcesVerb = before?.form === 'en' || before?.tag === 'clitic';
  if (verb.isPresentParticiple && (announcesVerb || isBeOrHave(verb) || !isNominalForm(token.form)))
    return 'present-participle';
  return verb.isPastParticiple ? 'past-participle' : 'other';
}

function tagWord(place: Place, verb: VerbForm | undefined, isShouted: boolean): Tag {
  const { token, before, next } = place;
  if (!token.isWord) return 'punctuation';
  if (token.text.startsWith('-')) return 'enclitic';
  const isCapitalised = !isShouted && /^\p{Lu}/u.test(token.text);
  const opensSentence = before === undefined || OPENS_SENTENCE.test(before.text);
  const isClosed = DETERMINERS.has(token.form) || SUBORDINATORS.has(token.form) || SUBJECTS.has(token.form);
  if (isCapitalised && !opensSentence && before.text !== ':' && !isClosed) return 'name';
  // Capitals often go without their accent: « A chaque pas, il… »
  if (token.text === 'A' && opensSentence && !next?.text.startsWith('-')) return 'preposition';
  const closed = tagClosedClass(place);
  if (closed !== undefined) return closed;
  if (token.form === 'voici' || token.form === 'voilà') return 'presentative';
  if (verb !== undefined) return tagVerbForm(place, verb);
  return isCapitalised && (isNominalForm(token.text) || !isNominalForm(token.form)) ? 'name' : 'other';
}

/** The tokens of a sentence with what each is in it, decided from left to right. */
export function tagWords(text: string): Word[] {
  const tokens = tokenize(text);
  const isShouted = !tokens.some((token) => /\p{Ll}/u.test(token.text));
  const past: Word[] = [];
  tokens.forEach((token, i) => {
    const verb = token.isWord ? verbForm(token.form) : undefined;
    const place = { token, before: past[i - 1], next: tokens[i + 1], afterNext: tokens[i + 2], past };
    past.push({ ...token, verb, tag: tagWord(place, verb, isShouted) });
  });
  return past;
}
