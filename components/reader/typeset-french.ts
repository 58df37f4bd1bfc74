const NO_BREAK = '\u00a0';
const THIN_NO_BREAK = '\u202f';

/** How a French printer would set it: for the eye only, never for what is stored or exported. */
export const typesetFrench = (text: string): string =>
  text
    .replaceAll('...', '…')
    .replaceAll("'", '’')
    .replace(/\s+(?=[;!?])/gu, THIN_NO_BREAK)
    .replace(/\s+(?=[:»])/gu, NO_BREAK)
    .replace(/(?<=«)\s+/gu, NO_BREAK)
    .replace(/(?<=^[—–])\s+/u, NO_BREAK);
