const MAX_LENGTH = 120;
const FORBIDDEN = /[\p{C}\u2028\u2029/\\:*?"<>|]+/gu;
const UNNAMED = 'roman';

/** The novel’s name without its « .pdf », fit for any file system. */
function baseName(novelName: string): string {
  const name = novelName
    .toWellFormed()
    .normalize('NFC')
    .replace(/\.pdf$/iu, '')
    .replace(FORBIDDEN, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  return Array.from(name).slice(0, MAX_LENGTH).join('').trim() || UNNAMED;
}

const toAscii = (text: string) =>
  text
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')
    .replaceAll('æ', 'ae')
    .replaceAll('Æ', 'AE')
    .replaceAll('’', "'")
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '_')
    .replace(/["\\%]/gu, '_');

/** RFC 8187: what encodeURIComponent leaves and the header may not hold is encoded too. */
const toExtendedValue = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A Content-Disposition that downloads under the novel’s own name: ASCII for old clients, UTF-8 for the rest. */
export function contentDisposition(novelName: string, extension: string): string {
  const name = baseName(novelName);
  const plain = toAscii(name);
  const fallback = /[a-z\d]/iu.test(plain) ? plain : UNNAMED;
  return `attachment; filename="${fallback}.${extension}"; filename*=UTF-8''${toExtendedValue(`${name}.${extension}`)}`;
}
