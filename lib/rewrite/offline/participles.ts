import { type VerbUse, verbGroupEnd } from '@/lib/french/clauses';
import type { Gender } from '@/lib/french/gender';
import { imperfectOf } from '@/lib/french/imperfect';
import { nounPhraseBefore } from '@/lib/french/noun-phrase';
import type { Subject } from '@/lib/french/subject';
import type { Word } from '@/lib/french/tagged-word';
import { PERSON, TENSE } from '@/lib/french/verb-lexicon';
import { type Clause, type Split, type Splitter, spokenVerbs, textBefore, textFrom, withSubject } from './clause';
import { findSubject } from './coordinated-clauses';

const NARRATIVE = TENSE.past | TENSE.imperfect;
const PLURAL = PERSON.nous | PERSON.vous | PERSON.ils;
const PERCEIVING = new Set(
  'voir apercevoir entendre sentir regarder savoir trouver laisser imaginer découvrir surprendre rencontrer'.split(' '),
);
/** Participles that say in what state somebody or something is; « retirée dans sa chambre » is « elle s’était retirée ». */
const STATES = new Set(
  (
    'assis couché étendu allongé accoudé adossé appuyé agenouillé accroupi courbé penché incliné blotti caché enfermé installé assoupi endormi ' +
    'éveillé vêtu habillé coiffé chaussé drapé enveloppé couvert entouré rempli chargé armé muni orné paré garni bordé semé hérissé peuplé encombré ' +
    'inondé surmonté flanqué encadré précédé suivi escorté accompagné protégé soutenu aidé guidé retenu attiré poussé entraîné emporté ravi charmé ' +
    'enchanté étonné surpris troublé ému effrayé épouvanté terrifié irrité excité agité animé fatigué épuisé accablé écrasé brisé anéanti étourdi ' +
    'ébloui aveuglé fasciné séduit conquis subjugué enivré grisé possédé obsédé hanté tourmenté rongé miné dévoré persuadé convaincu décidé résolu ' +
    'choqué blessé vexé piqué humilié mortifié flatté satisfait rassuré soulagé déçu désolé navré attristé attendri touché bouleversé consterné ' +
    'stupéfait ahuri interdit confondu intrigué embarrassé gêné occupé absorbé plongé perdu noyé enfoncé enfoui mêlé croisé lié noué enchaîné ' +
    'resté venu arrivé parti devenu né mort tombé revenu sorti entré monté descendu pressé serré fixé attaché accroché cloué pendu suspendu posé ' +
    'placé situé planté dressé gagné envahi saisi raidi figé mouillé trempé baigné éclairé chauffé gelé noirci vieilli usé abandonné isolé habitué'
  ).split(' '),
);

/** Their participle lasts while something else happens: « ayant », « sachant »; « s’arrêtant » does not. */
const LASTING = new Set(
  (
    'avoir être tenir savoir pouvoir vouloir croire craindre juger penser sentir espérer aimer ignorer connaître porter ressembler redouter ' +
    'dominer attendre souffrir désirer devoir regarder chercher trembler'
  ).split(' '),
);

const isState = (form: string): boolean =>
  [form, form.replace(/s$/u, ''), form.replace(/es?$/u, ''), form.replace(/es$/u, '')].some((one) => STATES.has(one));

const GENDER_OF: Record<string, Gender> = { il: 'masculine', ils: 'masculine', elle: 'feminine', elles: 'feminine' };

interface Agreement {
  gender: Gender;
  /** Undefined where singular and plural are spelled alike (« assis »). */
  isPlural: boolean | undefined;
}

function agreementOf(participle: string): Agreement {
  if (/es$/u.test(participle)) return { gender: 'feminine', isPlural: true };
  if (/e$/u.test(participle)) return { gender: 'feminine', isPlural: false };
  return { gender: 'masculine', isPlural: /[iu]s$/u.test(participle) ? undefined : /s$/u.test(participle) };
}

const mayAgree = (one: Agreement, gender: Gender | undefined, isPlural: boolean): boolean =>
  (gender === undefined || gender === one.gender) && (one.isPlural === undefined || one.isPlural === isPlural);

/** The clause of the last main verb when it is told in a past tense and nothing but a participle follows. */
function tellingOf(clause: Clause): { main: VerbUse; subject: Subject } | undefined {
  const main = spokenVerbs(clause).findLast(({ role }) => role === 'main');
  if (main === undefined || clause.verbs.some(({ role }) => role === 'incise' || role === 'open')) return undefined;
  const tenses = clause.words[main.at]?.verb?.tenses ?? 0;
  if ((tenses & NARRATIVE) === 0 || (tenses & TENSE.present) !== 0) return undefined;
  // « il y avait, assis par terre, un homme »
  if (clause.words.slice(main.from, main.at).some(({ form }) => form === 'y')) return undefined;
  const subject = findSubject(clause, main);
  return subject && { main, subject };
}

/** Over « ne », « se », « lui » to the participle. */
function participleAt(words: Word[], from: number): number {
  let at = from;
  while (words[at]?.tag === 'clitic' || words[at]?.tag === 'adverb') at++;
  return at;
}

/** « riant et criant »: the second would be left without a verb to lean on. */
const isContinued = (words: Word[], at: number): boolean =>
  words.some(
    ({ tag }, i) =>
      i > at + 1 && tag === 'present-participle' && /^(?:et|ou|mais|comme|se|s'|en)$/u.test(words[i - 1]?.form ?? ''),
  );

function predicate(clause: Clause, from: number, subject: Subject): string | undefined {
  const { words } = clause;
  const at = participleAt(words, from);
  const word = words[at];
  // « en riant » says when
  if (words[from]?.form === 'en' || subject.text === 'on') return undefined;
  if (
    word?.tag === 'present-participle' &&
    !isContinued(words, at) &&
    !/^(?:moyenn|dur|suiv|concern|touch)ant$/u.test(word.form)
  )
    return textFrom(clause, from, at) + imperfectOf(word.form, subject.person) + clause.text.slice(word.end);
  if (word?.tag !== 'past-participle' || at !== from || !isState(word.form)) return undefined;
  if (words.slice(at).some(({ tag, verb }) => tag !== 'determiner' && verb?.isPresentParticiple)) return undefined;
  const agreement = agreementOf(word.form);
  if (!mayAgree(agreement, GENDER_OF[subject.text], (subject.person & PLURAL) !== 0)) return undefined;
  const named = nounPhraseBefore(words, from - 1);
  if (named === undefined && /^(?:other|name|past-participle)$/u.test(words[from - 2]?.tag ?? '')) return undefined;
  const isSubjectItself = named?.from === subject.from;
  if (named && !isSubjectItself && mayAgree(agreement, named.gender, named.isPlural)) return undefined;
  return `${imperfectOf('étant', subject.person)} ${textFrom(clause, from)}`;
}

/** « Elle vit son mari, dormant dans un fauteuil », « elle montait des lits, laissant voir leurs draps » */
function mayDescribeAnother(
  { words }: Clause,
  { main, subject }: { main: VerbUse; subject: Subject },
  comma: number,
): boolean {
  const perceives = words.some(
    ({ tag, verb }, i) =>
      i >= main.at &&
      i < comma &&
      tag !== 'other' &&
      !/^(?:se|s'|me|m')$/u.test(words[i - 1]?.form ?? '') &&
      verb?.lemmas.some((lemma) => PERCEIVING.has(lemma)),
  );
  const others = (subject.person & PLURAL) === 0 ? /^leurs?$/u : /^(?:son|sa|ses)$/u;
  return perceives || words.slice(comma).some(({ form, tag }) => tag === 'determiner' && others.test(form));
}

/** Whether nothing but the main verb and its objects stands before the comma, and nothing of theirs after it. */
function closesTelling({ words, verbs }: Clause, main: VerbUse, comma: number): boolean {
  if (verbs.some(({ at, role }) => (at > comma ? role === 'main' : at > main.at && role === 'dependent'))) return false;
  const previous = words.findLastIndex((word, i) => i < comma && word.text === ',');
  if (previous > main.at && words[previous + 1]?.tag === 'coordinator') return false;
  // « un nuage flottant sur la ville, se mêlant au ciel »: it may go on with the noun
  const describesNoun = words.some(
    ({ tag }, i) => i > main.at + 1 && i < comma && tag === 'present-participle' && words[i - 1]?.form !== 'en',
  );
  // « Elle rejoignit, émue et tremblante, sa mère »
  const isBetween =
    verbGroupEnd(words, main.at) === comma &&
    words.some(
      (word, i) => i > comma && word.text === ',' && /^(?:determiner|name|preposition)$/u.test(words[i + 1]?.tag ?? ''),
    );
  return !describesNoun && !isBetween;
}

/** « Il sortit, claquant la porte » → « Il claquait la porte »; « Elle entra, suivie d’un chien » → « Elle était suivie d’un chien » */
export const splitParticiple: Splitter = (clause) => {
  const telling = tellingOf(clause);
  if (telling === undefined) return [];
  const { words, depth } = clause;
  return words.flatMap(({ text }, comma): Split[] => {
    if (text !== ',' || depth[comma] !== 0 || comma < telling.main.at) return [];
    if (!closesTelling(clause, telling.main, comma) || mayDescribeAnother(clause, telling, comma)) return [];
    const said = predicate(clause, comma + 1, telling.subject);
    if (said === undefined) return [];
    return [{ left: textBefore(clause, comma), right: withSubject(telling.subject.text, said), rank: 6 }];
  });
};

/** « Le vieux, assis près du feu, fumait » → « Le vieux était assis près du feu. Il fumait » */
export const splitMedialParticiple: Splitter = (clause) => {
  const telling = tellingOf(clause);
  if (telling === undefined || telling.subject.from !== 0) return [];
  const { words, verbs } = clause;
  const { main, subject } = telling;
  const commas = words.flatMap(({ text }, i) => (text === ',' && i < main.from ? [i] : []));
  const [open, close] = commas;
  if (open === undefined || close !== main.from - 1 || commas.length !== 2 || verbs.some(({ at }) => at < main.at))
    return [];
  // « Le souvenir, évoqué par M. Paul, le toucha »: who « il » is would not be told
  if (words.slice(open, close).some(({ tag }) => tag === 'name')) return [];
  const word = words[participleAt(words, open + 1)];
  if (words[open + 1]?.form === 'en') return [];
  const isPassive = word?.tag === 'past-participle' && words[open + 1] === word && isState(word.form);
  const lasts = word?.tag === 'present-participle' && (word.verb?.lemmas.some((lemma) => LASTING.has(lemma)) ?? false);
  if (!isPassive && !lasts) return [];
  if (isPassive && !mayAgree(agreementOf(word.form), GENDER_OF[subject.text], (subject.person & PLURAL) !== 0))
    return [];
  const lead = textBefore(clause, open);
  const inner = isPassive
    ? `${imperfectOf('étant', subject.person)} ${textFrom(clause, open + 1, close)}`
    : textFrom(clause, open + 1, words.indexOf(word)) +
      imperfectOf(word.form, subject.person) +
      textFrom(clause, words.indexOf(word) + 1, close).replace(/^/u, ' ');
  return [
    { left: `${lead} ${inner.trimEnd()}`, right: withSubject(subject.text, textFrom(clause, main.from)), rank: 6 },
  ];
};
