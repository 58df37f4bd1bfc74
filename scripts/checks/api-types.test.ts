import { expect, it } from 'vitest';
import type { ApiDocument } from '@/lib/http/testing/api-document';
import { formatApiTypes } from './api-types';

const DOCUMENT: ApiDocument = {
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string', description: 'its name' },
          size: { type: ['integer', 'null'] },
          kind: { type: 'string', enum: ['small', 'l’autre', "it's"] },
          parts: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'string' }] } },
          links: { type: 'object', additionalProperties: { type: 'string' } },
        },
        required: ['id', 'size'],
      },
    },
  },
  paths: {
    '/things/{id}': {
      put: {
        operationId: 'putThing',
        parameters: [
          { in: 'path', name: 'id', required: true, schema: { type: 'string' } },
          { in: 'query', name: 'how', schema: { const: 'gently' } },
          { in: 'header', name: 'If-Match', schema: { type: 'string' } },
        ],
        requestBody: {
          content: { 'multipart/form-data': { schema: { type: 'string', format: 'binary' } } },
        },
        responses: {
          '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
          '304': {},
        },
      },
    },
  },
};

it('writes the document as types', () => {
  expect(formatApiTypes(DOCUMENT).split('\n').slice(2).join('\n')).toBe(`interface schemas {
  Thing: {
    /** its name */
    id: string;
    size: number | null;
    kind?: 'small' | 'l’autre' | 'it\\'s';
    parts?: Array<schemas['Thing'] | string>;
    links?: { [name: string]: string };
  };
}

export interface paths {
  '/things/{id}': {
    put: {
      parameters: {
        path: {
          id: string;
        };
        query?: {
          how?: 'gently';
        };
        header?: {
          'If-Match'?: string;
        };
      };
      requestBody?: { content: { 'multipart/form-data': Blob } };
      responses: {
        200: { content: { 'application/json': schemas['Thing'] } };
        304: { content?: never };
      };
    };
  };
}
`);
});
