export interface Token {
  /** As written. */
  text: string;
  /** Lower case, straight apostrophe: what lexicons are asked with. */
  form: string;
  start: number;
  end: number;
  isWord: boolean;
}

const CLITICS = '(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|le|la|les|y|en|là|ci)';
const TOKEN = new RegExp(
  [
    // Words that hold an apostrophe of their own
    "(?:aujourd|prud|quelqu|entr|presqu)['’](?:hui|hommes?|une?s?|\\p{L}+)",
    'rendez-vous(?!\\s*[!.])',
    "n['’]importe\\s(?:qui|quoi|où|comment|quand|quel(?:le)?s?)(?!\\p{L})",
    // Elided words
    "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[\\p{L}«\\d])",
    // Pronouns hung on a verb
    `-(?:t-)?${CLITICS}(?!\\p{L})`,
    "-(?:t|m|l)['’](?=\\p{L})",
    // Words, hyphens inside them kept
    `\\p{L}[\\p{L}\\p{M}]*(?:-(?!(?:t-)?${CLITICS}(?!\\p{L}))(?![tml]['’])\\p{L}+|['’]\\p{L}+)*`,
    '\\d+(?:[.,]\\d+)*\\p{L}*',
    '\\.{2,}',
    '\\S',
  ].join('|'),
  'giu',
);

export const tokenize = (text: string): Token[] =>
  Array.from(text.matchAll(TOKEN), ({ 0: run, index }) => ({
    text: run,
    form: run.toLowerCase().replace('’', "'"),
    start: index,
    end: index + run.length,
    isWord: /[\p{L}\p{N}]/u.test(run),
  }));
