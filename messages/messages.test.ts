import { globSync, readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '@/lib/errors';
import en from './en.json';
import fr from './fr.json';

type Tree = { [key: string]: string | Tree };

const flatten = (tree: Tree, path = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : flatten(value, `${path}${key}.`),
  );

const english = new Map(flatten(en));
const french = new Map(flatten(fr));

/** What the code asks for: keys as written, and patterns where a part of the key is computed. */
function usedKeys(): RegExp[] {
  return globSync(['app/**/*.tsx', 'components/**/*.{ts,tsx}']).flatMap((file) => {
    const code = readFileSync(file, 'utf8');
    const bindings = code.matchAll(/(?:const (\w+) = (?:await )?|\(await )(?:use|get)Translations\('([\w.]+)'\)/g);
    return [...bindings].flatMap(([, name, namespace = '']) => {
      const call = name === undefined ? String.raw`\)\)` : String.raw`\b${name}`;
      const uses = code.matchAll(new RegExp(String.raw`${call}\(((?:[^(),]|\([^()]*\))*)[,)]`, 'g'));
      return [...uses].flatMap(([, argument = '']) => patternsOf(namespace, argument));
    });
  });
}

function patternsOf(namespace: string, argument: string): RegExp[] {
  const written = [...argument.matchAll(/'([\w.]+)'|`([^`]+)`/g)].map(([, plain, template]) => plain ?? template ?? '');
  const keys = written.length > 0 ? written : [`\${${argument}}`];
  return keys.map((key) => {
    const pattern = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', String.raw`\.`));
    return new RegExp(`^${namespace.replaceAll('.', String.raw`\.`)}\\.${pattern.join('[\\w]+')}$`);
  });
}

const namesOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name))].sort();

describe('the messages', () => {
  it('say the same things in both languages', () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
  });

  it('take the same values in both languages', () => {
    for (const [key, text] of english) expect([key, namesOf(french.get(key) ?? '')]).toEqual([key, namesOf(text)]);
  });

  it('have every key that the code uses, and no other', () => {
    const used = usedKeys();
    const keys = [...english.keys()];
    const absent = used.filter((pattern) => !keys.some((key) => pattern.test(key)));
    const unused = keys.filter((key) => !used.some((pattern) => pattern.test(key)));
    expect({ absent, unused }).toEqual({ absent: [], unused: [] });
  });

  it.each([
    { locale: 'en', texts: english },
    { locale: 'fr', texts: french },
  ] as const)('can be spoken in $locale, with few and with many', ({ locale, texts }) => {
    const failed: unknown[] = [];
    for (const [key, text] of texts) {
      for (const count of [0, 1, 12_345]) {
        const values = Object.fromEntries(namesOf(text).map((name) => [name ?? '', count]));
        const speak = createTranslator<{ only: string }>({
          locale,
          messages: { only: text },
          onError: (fault) => failed.push({ key, fault }),
        });
        speak('only', values);
      }
    }
    expect(failed).toEqual([]);
  });

  it('have words for every error there is', () => {
    for (const code of Object.keys(ERRORS)) {
      expect(english.has(`errors.${code}.what`), code).toBe(true);
      expect(english.has(`errors.${code}.action`), code).toBe(true);
    }
  });

  it('never part a French mark from its word at the end of a line', () => {
    const loose = [...french].filter(([, text]) => / [;:!?»]|« /.test(text));
    expect(loose).toEqual([]);
  });

  it('do not shout', () => {
    expect([...english, ...french].filter(([, text]) => text.includes('!'))).toEqual([]);
  });
});
