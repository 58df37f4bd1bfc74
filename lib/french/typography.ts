const NARROW = '\u202f';
const WIDE = '\u00a0';

/** The dash that opens a line of dialogue, and the no-break space that belongs behind it. */
export function withDialogueDash(text: string): string {
  return text.replace(/^([—–―])\s*(?=\S)|^(-)\s+/u, (_, dash: string | undefined) => (dash ?? '—') + WIDE);
}

/**
 * One typography whatever the PDF kept of it: a narrow no-break space (U+202F) before ; ! ? and a no-break space
 * (U+00A0) before : and inside « », « … » for three full stops, typographic apostrophes.
 */
export function frenchTypography(text: string): string {
  if (!ANY_SIGN.test(text)) return text;
  return RULES.reduce((set, [sign, pattern, by]) => (sign.test(set) ? set.replace(pattern, by) : set), text);
}

/** Most lines have nothing that a rule is for. */
const ANY_SIGN = /[≪<≫>'´‘«»;!?:\u202f…]|\.\s?\.|\s[.,]/;

/** What replaces a pattern, and the signs without which it need not be looked for. */
const RULES: [sign: RegExp, pattern: RegExp, by: string][] = [
  [/[≪<]/, /[≪]|<</gu, '«'],
  [/[≫>]/, /[≫]|>>/gu, '»'],
  [/\./, /\s*\.\s?\.\s?\.(?!\.)/gu, '…'],
  [/['´‘]/, /(\p{L})['´‘](?=[\p{L}«])/gu, '$1’'],
  [/«/, /«\s*/gu, `«${WIDE}`],
  [/»/, /\s*»/gu, `${WIDE}»`],
  [/[;!?]/, /\s*([;!?]+)/gu, `${NARROW}$1`],
  [/:/, /\s+:|(?<=\p{L}|»):(?!\/)/gu, `${WIDE}:`],
  [/\u202f/, /(?<=[([]|^)\u202f(?=[!?;])/gu, ''],
  [/…/, /…\u202f(?=[!?])/gu, '…'],
  [/\s[.,]/, /\s+(?=[.,](?![.\d]))/gu, ''],
];
