import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { ANYBODY, ok, operation } from './openapi-operation';

/** The document describes the way to it, too. */
export const documentPaths: ZodOpenApiPathsObject = {
  '/openapi.json': {
    get: operation({
      id: 'getDocument',
      summary: 'This document, as OpenAPI 3.1',
      rest: ANYBODY,
      answer: ok('The document', z.looseObject({ openapi: z.string() })),
    }),
  },
};
