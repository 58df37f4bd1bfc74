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
  return text
    .replace(/[≪]|<</gu, '«')
    .replace(/[≫]|>>/gu, '»')
    .replace(/\s*\.\s?\.\s?\.(?!\.)/gu, '…')
    .replace(/(\p{L})['´‘](?=[\p{L}«])/gu, '$1’')
    .replace(/«\s*/gu, `«${WIDE}`)
    .replace(/\s*»/gu, `${WIDE}»`)
    .replace(/\s*([;!?]+)/gu, (_, marks: string) => NARROW + marks)
    .replace(/\s+:|(?<=\p{L}|»):(?!\/)/gu, `${WIDE}:`)
    .replace(/(?<=[([]|^)\u202f(?=[!?;])/gu, '')
    .replace(/…\u202f(?=[!?])/gu, '…')
    .replace(/\s+(?=[.,](?![.\d]))/gu, '');
}
