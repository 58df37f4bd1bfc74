const NARROW = '\u202f';
const WIDE = '\u00a0';

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
    .replace(/(?<=[…([]|^)\u202f(?=[!?;])/gu, '');
}
