import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './file-name';

/** Lone surrogates included. */
const ANY_TEXT = fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points));

describe('contentDisposition', () => {
  it('keeps the novel’s own name, in ASCII and in full', () => {
    expect(contentDisposition('L’Œuvre au café (1).pdf', 'csv')).toBe(
      "attachment; filename=\"L'OEuvre au cafe (1).csv\"; filename*=UTF-8''L%E2%80%99%C5%92uvre%20au%20caf%C3%A9%20%281%29.csv",
    );
  });

  it('takes nothing for a path, a quote or a line break', () => {
    expect(contentDisposition('../../etc/"pa\r\nss".pdf', 'txt')).toBe(
      'attachment; filename="etc pa ss.txt"; filename*=UTF-8\'\'etc%20pa%20ss.txt',
    );
  });

  it('names the nameless, and in ASCII those whom ASCII cannot name', () => {
    expect(contentDisposition('.pdf', 'json')).toContain('filename="roman.json"');
    expect(contentDisposition('失われた手紙.pdf', 'txt')).toBe(
      `attachment; filename="roman.txt"; filename*=UTF-8''${encodeURIComponent('失われた手紙')}.txt`,
    );
  });

  it('is one line of printable ASCII for any name', () => {
    fc.assert(
      fc.property(ANY_TEXT, (name) =>
        /^attachment; filename="[^"\\]+\.pdf"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/.test(
          contentDisposition(name, 'pdf'),
        ),
      ),
      { numRuns: 1000 },
    );
  });
});
