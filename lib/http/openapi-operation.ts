import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { ERRORS, type ErrorCode } from '@/lib/errors';
import { JobSettings } from '@/lib/jobs/schema';
import { Problem } from './problem-schema';

/** Where an identity is got, none is asked for. */
export const ANYBODY = { security: [] };

export const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

export const ok = (description: string, schema: z.ZodType) => ({ '200': { description, content: json(schema) } });

export const NovelForm = JobSettings.extend({
  pdf_file: z.string().meta({ type: 'string', format: 'binary', description: 'The novel' }),
});

export const UPLOAD_ERRORS: ErrorCode[] = [
  'FILE_MISSING',
  'FILE_EMPTY',
  'FILE_TOO_LARGE',
  'NOT_A_PDF',
  'PDF_DAMAGED',
  'PDF_ENCRYPTED',
  'PDF_NO_PAGES',
  'PDF_TOO_MANY_PAGES',
  'PDF_NO_TEXT',
  'PDF_UNREADABLE_TEXT',
  'PDF_TOO_COMPLEX',
  'MALFORMED_REQUEST',
  'UNSUPPORTED_MEDIA_TYPE',
  'INVALID_INPUT',
];

/** One answer per status, its codes named: what a client can meet. */
function problems(...codes: ErrorCode[]): ZodOpenApiOperationObject['responses'] {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      String(status),
      {
        description: group.map((code) => `${code}: ${ERRORS[code].title}`).join('. '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  );
}

export interface Operation {
  id: string;
  summary: string;
  answer: ZodOpenApiOperationObject['responses'];
  codes?: ErrorCode[];
  rest?: Partial<ZodOpenApiOperationObject>;
}

/** Every operation may also answer INTERNAL; the signed-in ones UNAUTHENTICATED. */
export function operation({ id, summary, answer, codes = [], rest = {} }: Operation): ZodOpenApiOperationObject {
  const always: ErrorCode[] = rest.security ? ['INTERNAL'] : ['UNAUTHENTICATED', 'INTERNAL'];
  return { operationId: id, summary, ...rest, responses: { ...answer, ...problems(...codes, ...always) } };
}

export const withTag = (tag: string, paths: ZodOpenApiPathsObject): ZodOpenApiPathsObject =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(Object.entries(operations).map(([method, each]) => [method, { ...each, tags: [tag] }])),
    ]),
  );
