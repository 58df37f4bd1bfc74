import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi';

const ROOT = 'app/api/v1';
const METHOD = /^export const (GET|POST|PUT|PATCH|DELETE)\b/gm;

/** « GET /jobs/{jobId} » for every handler that Next serves under /api/v1. */
async function served(): Promise<string[]> {
  const operations: string[] = [];
  for await (const file of glob(`${ROOT}/**/route.ts`)) {
    const path = file.slice(ROOT.length, -'/route.ts'.length).replace(/\[(\w+)\]/g, '{$1}');
    for (const [, method] of readFileSync(file, 'utf8').matchAll(METHOD)) operations.push(`${method} ${path}`);
  }
  return operations.sort();
}

const document = openApiDocument();
const described = () =>
  Object.entries(document.paths ?? {})
    .flatMap(([path, operations]) => Object.keys(operations ?? {}).map((method) => `${method.toUpperCase()} ${path}`))
    .sort();

describe('the OpenAPI document', () => {
  it('describes every route that is served, and no other', async () => {
    expect(described()).toEqual(await served());
  });

  it('gives each operation a name of its own and its errors as problems', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses['500'].content)).toEqual(['application/problem+json']);
    }
  });

  it('takes an Idempotency-Key wherever something changes, and nowhere else', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.entries(path ?? {}));
    for (const [method, { operationId, parameters = [] }] of operations) {
      const takesKey = JSON.stringify(parameters).includes('IdempotencyKey');
      expect([operationId, takesKey]).toEqual([operationId, method !== 'get']);
    }
  });

  it('says of each answer of a deprecated call that it tells so', () => {
    const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path ?? {}));
    const old = operations.filter(({ deprecated }) => deprecated);
    expect(old.map(({ operationId }) => operationId)).toEqual(['processPdf']);
    const answers = old.flatMap(({ responses }) => Object.values<{ headers: object }>(responses));
    const headers = answers.map((answer) => Object.keys(answer.headers));
    for (const names of headers) expect(names).toEqual(expect.arrayContaining(['Deprecation', 'Link']));
  });

  it('asks for an identity everywhere but where one is got', () => {
    const open = Object.entries(document.paths ?? {})
      .filter(([, path]) => Object.values(path ?? {}).some(({ security }) => security?.length === 0))
      .map(([path]) => path);
    expect(open).toEqual(['/auth/register', '/auth/token', '/auth/refresh', '/openapi.json']);
  });
});
