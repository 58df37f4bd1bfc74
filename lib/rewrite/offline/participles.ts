import type { VerbUse } from '@/lib/french/clauses';
import type { Gender } from '@/lib/french/gender';
import { imperfectOf } from '@/lib/french/imperfect';
import type { Subject } from '@/lib/french/subject';
import type { Word } from '@/lib/french/tagged-word';
import { PERSON, TENSE } from '@/lib/french/verb-lexicon';
import { type Clause, type Splitter, spokenVerbs, textBefore, textFrom, withSubject } from './clause';
import { findSubject } from './coordinated-clauses';

const NARRATIVE = TENSE.past | TENSE.imperfect;
const PLURAL = PERSON.nous | PERSON.vous | PERSON.ils;
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
