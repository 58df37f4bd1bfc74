import dictionary from 'dictionary-fr';

interface Suffix {
  strip: string;
  add: string;
  condition: RegExp;
}

/** The suffix rules of a Hunspell affix file whose flags have two characters. */
function suffixRules(affixes: string): Map<string, Suffix[]> {
  const rules = new Map<string, Suffix[]>();
  for (const [, flag = '', strip = '', add = '', condition = ''] of affixes.matchAll(
    /^SFX (\S\S) (\S+) ([^\s/]+)\S* (\S+)/gmu,
  )) {
    const list = rules.get(flag) ?? [];
    if (list.length === 0) rules.set(flag, list);
    list.push({
      strip: strip === '0' ? '' : strip,
      add: add === '0' ? '' : add,
      condition: new RegExp(`${condition}$`, 'u'),
    });
  }
  return rules;
}

const IS_VERB_FLAG = /^[a-z][\dA-Z]/u;

function load(): Set<string> {
  const decoder = new TextDecoder();
  const rules = suffixRules(decoder.decode(dictionary.aff));
  const forms = new Set<string>();
  for (const entry of decoder.decode(dictionary.dic).split('\n')) {
    const [word = '', flags = ''] = entry.split('/');
    if (flags !== '' && IS_VERB_FLAG.test(flags)) continue;
    forms.add(word);
    // Units take their plural through a chain of prefixes: « mètres »
    if (flags.startsWith('U')) forms.add(`${word}s`);
    for (let i = 0; i < flags.length; i += 2)
      for (const { strip, add, condition } of rules.get(flags.slice(i, i + 2)) ?? [])
        if (condition.test(word)) forms.add(word.slice(0, word.length - strip.length) + add);
  }
  return forms;
}

let forms: Set<string> | undefined;

/** Whether the form is that of a noun, adjective or invariable word. The first call loads the lexicon. */
export function isNominalForm(form: string): boolean {
  forms ??= load();
  return forms.has(form);
}
