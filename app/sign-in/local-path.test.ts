import { describe, expect, it } from 'vitest';
import { localPath } from './local-path';

describe('where a sign-in leads', () => {
  it.each([
    ['/library', '/library'],
    ['/jobs/1?page=2', '/jobs/1?page=2'],
    ['https://elsewhere.example/', '/'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example', '/'],
    ['/\t/elsewhere.example', '/'],
    ['javascript:alert(1)', '/'],
    ['', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
  ])('%j leads to %s', (next, path) => {
    expect(localPath(next)).toBe(path);
  });
});
