import dictionary from 'dictionary-fr';
import { remembering } from './remembering';

interface Suffix {
  flag: string;
  strip: string;
  condition: RegExp;
}

/** The words with their flags, and what is added to them by the suffix rules: by the ending that it gives. */
interface Lexicon {
  words: Map<string, string>;
  suffixes: Map<string, Suffix[]>;
  longest: number;
}

const IS_VERB_FLAG = /^[a-z][\dA-Z]/u;
/** Between the flags of two entries with the same word. */
const AND = '/';

/** Of a Hunspell affix file whose flags have two characters. */
function suffixesByEnding(affixes: string): Map<string, Suffix[]> {
  const suffixes = new Map<string, Suffix[]>();
  const rules = affixes.matchAll(/^SFX (\S\S) (\S+) ([^\s/]+)\S* (\S+)/gmu);
  for (const [, flag = '', strip = '', add = '', condition = ''] of rules) {
    if (IS_VERB_FLAG.test(flag)) continue;
    const ending = add === '0' ? '' : add;
    const list = suffixes.get(ending) ?? [];
    if (list.length === 0) suffixes.set(ending, list);
    list.push({ flag, strip: strip === '0' ? '' : strip, condition: new RegExp(`${condition}$`, 'u') });
  }
  return suffixes;
}

function load(): Lexicon {
  const decoder = new TextDecoder();
  const suffixes = suffixesByEnding(decoder.decode(dictionary.aff));
  const words = new Map<string, string>();
  for (const entry of decoder.decode(dictionary.dic).split('\n')) {
    const [word = '', flags = ''] = entry.split('/');
    if (flags !== '' && IS_VERB_FLAG.test(flags)) continue;
    const before = words.get(word);
    words.set(word, before === undefined ? flags : before + AND + flags);
  }
  return { words, suffixes, longest: Math.max(...[...suffixes.keys()].map((ending) => ending.length)) };
}

let lexicon: Lexicon | undefined;

/** Whether the form is that of a noun, adjective or invariable word. The first call loads the lexicon. */
export const isNominalForm = remembering((form): boolean => {
  lexicon ??= load();
  const { words, suffixes, longest } = lexicon;
  if (words.has(form) || isUnits(form, words)) return true;
  for (let length = 0; length <= Math.min(longest, form.length); length += 1) {
    const stem = form.slice(0, form.length - length);
    for (const { flag, strip, condition } of suffixes.get(form.slice(stem.length)) ?? []) {
      const word = stem + strip;
      if (flagsOf(words.get(word)).includes(flag) && condition.test(word)) return true;
    }
  }
  return false;
});

/** Units take their plural through a chain of prefixes: « mètres » */
const isUnits = (form: string, words: Map<string, string>) =>
  form.endsWith('s') && (words.get(form.slice(0, -1)) ?? '').split(AND).some((flags) => flags.startsWith('U'));

const flagsOf = (flags = '') => flags.split(AND).flatMap((own) => own.match(/../gu) ?? []);
