import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './file-name';

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

  it('names the nameless', () => {
    expect(contentDisposition('.pdf', 'json')).toContain('filename="roman.json"');
  });

  it('is one line of printable ASCII for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) =>
        /^attachment; filename="[^"\\]+\.pdf"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/.test(
          contentDisposition(name, 'pdf'),
        ),
      ),
    );
    expect(contentDisposition('\ud800 seul', 'pdf')).toMatch(/^[\x20-\x7e]+$/);
  });
});
