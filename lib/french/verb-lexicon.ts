import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { VerbInfoIndex } from 'french-verbs-lefff';
import { remembering } from './remembering';

/** The six persons of the Lefff tables as bits: je, tu, il, nous, vous, ils. */
export const PERSON = { je: 1, tu: 2, il: 4, nous: 8, vous: 16, ils: 32 } as const;

export const TENSE = {
  present: 1,
  subjunctive: 2,
  imperative: 4,
  imperfect: 8,
  past: 16,
  pastSubjunctive: 32,
  future: 64,
  conditional: 128,
} as const;

export interface VerbForm {
  lemmas: string[];
  /** Persons and tenses of its finite readings, as bits; 0 when it has none. */
  persons: number;
  tenses: number;
  isInfinitive: boolean;
  isPresentParticiple: boolean;
  isPastParticiple: boolean;
}

const TENSE_OF: Partial<Record<VerbInfoIndex, number>> = {
  P: TENSE.present,
  S: TENSE.subjunctive,
  Y: TENSE.imperative,
  I: TENSE.imperfect,
  J: TENSE.past,
  T: TENSE.pastSubjunctive,
  F: TENSE.future,
  C: TENSE.conditional,
};
/** Stands where a verb has no form. */
const NONE = 'NA';
const TABLES = ['P', 'S', 'Y', 'I', 'J', 'T', 'F', 'C', 'W', 'G', 'K'] as const;

/** Forms in use that the Lefff tables leave out. */
const LEFT_OUT = ['asseoir', 'rasseoir'].map((lemma): Verb => {
  const stem = lemma.replace('seoir', 's');
  const all = (endings: string) => endings.split(' ').map((ending) => stem + ending);
  const tables: Tables = {
    P: all('ieds ieds ied eyons eyez eyent'),
    S: all('eye eyes eye eyions eyiez eyent'),
    I: all('eyais eyais eyait eyions eyiez eyaient'),
    F: all('iérai iéras iéra iérons iérez iéront'),
    C: all('iérais iérais iérait iérions iériez iéraient'),
    G: all('eyant'),
  };
  return { lemma, tables };
});

type Tables = Partial<Record<VerbInfoIndex, readonly (string | null)[]>>;

interface Verb {
  lemma: string;
  tables: Tables;
}

/** Letters by which verbs are found that may have a form: few verbs share so many, and no verb has many such beginnings. */
const BEGINNING = 4;

const beginningOf = (form: string | null) => form?.slice(0, BEGINNING) ?? '';

/** The verbs by the beginnings of their forms. A table of all 400,000 forms would take a second and 150 MB. */
function load(): Map<string, Verb[]> {
  // Not an import: the compiler would infer a type of six million characters.
  const file = createRequire(import.meta.url).resolve('french-verbs-lefff/dist/conjugations.json');
  const listed: Record<string, Tables> = JSON.parse(readFileSync(file, 'utf8'));
  const verbs = [...Object.entries(listed).map(([lemma, tables]) => ({ lemma, tables })), ...LEFT_OUT];
  const byBeginning = new Map<string, Verb[]>();
  for (const verb of verbs) {
    const beginnings = new Set(TABLES.flatMap((table) => verb.tables[table] ?? []).map(beginningOf));
    for (const beginning of beginnings) {
      const sharing = byBeginning.get(beginning);
      if (sharing) sharing.push(verb);
      else byBeginning.set(beginning, [verb]);
    }
  }
  return byBeginning;
}

let verbs: Map<string, Verb[]> | undefined;

/** Readings of a lower-case form as a verb. The first call loads the lexicon: about a third of a second. */
export const verbForm = remembering((form): VerbForm | undefined => {
  verbs ??= load();
  return readAs(form, verbs.get(beginningOf(form)) ?? []);
});

function readAs(form: string, verbs: Verb[]): VerbForm | undefined {
  if (form === NONE) return undefined;
  const lemmas: string[] = [];
  const found = new Set<VerbInfoIndex>();
  let persons = 0;
  let tenses = 0;
  for (const { lemma, tables } of verbs) {
    for (const table of TABLES) {
      const texts = tables[table] ?? [];
      for (let person = texts.indexOf(form); person !== -1; person = texts.indexOf(form, person + 1)) {
        found.add(table);
        if (lemmas.at(-1) !== lemma) lemmas.push(lemma);
        const tense = TENSE_OF[table];
        if (tense === undefined) continue;
        persons |= 1 << person;
        tenses |= tense;
      }
    }
  }
  if (found.size === 0) return undefined;
  return {
    lemmas,
    persons,
    tenses,
    isInfinitive: found.has('W'),
    isPresentParticiple: found.has('G'),
    // « rentrait » is of « rentrer », hardly ever of « rentraire »
    isPastParticiple: found.has('K') && !found.has('I'),
  };
}
