import { createRequire } from 'node:module';
import type { VerbInfoIndex, VerbsInfo } from 'french-verbs-lefff';

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
const TABLES = ['P', 'S', 'Y', 'I', 'J', 'T', 'F', 'C', 'W', 'G', 'K'] as const;

/** Forms in use that the Lefff tables leave out: lemma, table, persons. */
const LEFT_OUT: [string, VerbInfoIndex, string][] = ['asseoir', 'rasseoir'].flatMap((lemma): typeof LEFT_OUT => {
  const stem = lemma.replace('seoir', 's');
  const all = (endings: string) =>
    endings
      .split(' ')
      .map((ending) => stem + ending)
      .join(' ');
  return [
    [lemma, 'P', all('ieds ieds ied eyons eyez eyent')],
    [lemma, 'S', all('eye eyes eye eyions eyiez eyent')],
    [lemma, 'I', all('eyais eyais eyait eyions eyiez eyaient')],
    [lemma, 'F', all('iérai iéras iéra iérons iérez iéront')],
    [lemma, 'C', all('iérais iérais iérait iérions iériez iéraient')],
    [lemma, 'G', all('eyant')],
  ];
});

class Forms extends Map<string, VerbForm> {
  add(text: string, lemma: string, table: VerbInfoIndex, person: number) {
    const form = this.get(text) ?? {
      lemmas: [],
      persons: 0,
      tenses: 0,
      isInfinitive: false,
      isPresentParticiple: false,
      isPastParticiple: false,
    };
    if (form.lemmas.length === 0) this.set(text, form);
    if (form.lemmas.at(-1) !== lemma) form.lemmas.push(lemma);
    const tense = TENSE_OF[table];
    if (tense !== undefined) {
      form.persons |= 1 << person;
      form.tenses |= tense;
    }
    form.isInfinitive ||= table === 'W';
    form.isPresentParticiple ||= table === 'G';
    form.isPastParticiple ||= table === 'K';
  }
}

function load(): Forms {
  // Not an import: the compiler would infer a type of six million characters.
  const require = createRequire(import.meta.url);
  const verbs: VerbsInfo = require('french-verbs-lefff/dist/conjugations.json');
  const forms = new Forms();
  for (const [lemma, tables] of Object.entries(verbs))
    for (const table of TABLES)
      tables[table]?.forEach((text, person) => {
        if (text && text !== 'NA') forms.add(text, lemma, table, person);
      });
  for (const [lemma, table, texts] of LEFT_OUT)
    texts.split(' ').forEach((text, person) => {
      forms.add(text, lemma, table, person);
    });
  return forms;
}

let forms: Forms | undefined;

/** Readings of a lower-case form as a verb. The first call loads the lexicon: about half a second. */
export function verbForm(form: string): VerbForm | undefined {
  forms ??= load();
  return forms.get(form);
}
