import { createConfig, lintFromString, type RawUniversalConfig } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi';

/** Every rule that is recommended, each as an error, and those beyond that say something of this API. */
const RULES: RawUniversalConfig = {
  extends: ['recommended-strict'],
  rules: {
    'operation-singular-tag': 'error',
    'operation-tag-defined': 'error',
    'path-params-defined': 'error',
    'paths-kebab-case': 'error',
    'no-http-verbs-in-paths': 'error',
    'request-mime-type': { severity: 'error', allowedValues: ['application/json', 'multipart/form-data'] },
    'response-contains-header': { severity: 'error', names: { '2xx': ['X-Request-Id'], '4xx': ['X-Request-Id'] } },
  },
};

async function lint(document: object): Promise<string[]> {
  const config = await createConfig(RULES);
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, config, absoluteRef: 'openapi.json' });
  return problems.map(({ ruleId, message, location: [place] }) => `${ruleId} at ${place?.pointer}: ${message}`);
}

it('the OpenAPI document has nothing that a linter objects to', async () => {
  expect(await lint(openApiDocument())).toEqual([]);
});

it('the linter does object: to a wrong example, a path without its parameter, a status that nobody knows', async () => {
  const { paths = {}, ...document } = openApiDocument();
  const job = paths['/jobs/{jobId}']?.get;
  const broken = { ...job, parameters: [], responses: { ...job?.responses, '200': { content: {}, description: 1 } } };
  const faults = await lint({ ...document, paths: { ...paths, '/jobs/{jobId}': { get: broken } } });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(expect.arrayContaining(['struct', 'path-params-defined']));
});
