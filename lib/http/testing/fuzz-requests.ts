import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, ApiOperation, Schema } from './api-document';
import { anyOfSchema, fillIn, hostileText, type Known } from './fuzz-values';

type Pairs = [string, string][];

/** A request as plain data, so that a failing one can be printed and shrunk. */
export interface FuzzedRequest {
  operation: ApiOperation;
  path: Pairs;
  query: Pairs;
  headers: Pairs;
  who: 'reader' | 'nobody' | 'somebody else' | 'somebody who leaves' | 'a forger';
  body:
    | { kind: 'none' }
    | { kind: 'raw'; type: string; text: string }
    | { kind: 'form'; fields: Pairs; file: FileKind };
}

const FILES = ['novel', 'text', 'empty', 'half', 'twice', 'none'] as const;
type FileKind = (typeof FILES)[number];

const asText = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'multipart/form-data';

/** After one of these, who asked is nobody. */
const ENDS_ACCESS = ['endSessions', 'deleteAccount'];
const leavers = fc.constantFrom('somebody who leaves' as const, 'nobody' as const, 'a forger' as const);
const visitors = fc.oneof(
  { weight: 12, arbitrary: fc.constant('reader' as const) },
  fc.constantFrom('nobody' as const, 'somebody else' as const, 'a forger' as const),
);

/** Requests to one operation: mostly such as the document asks for. */
export function requestsTo(document: ApiDocument, operation: ApiOperation): Arbitrary<FuzzedRequest> {
  const parameters = (where: string) =>
    fc.tuple(
      ...(operation.parameters ?? [])
        .filter((parameter) => parameter.in === where)
        .map(({ name, required, schema }) => {
          const value = fc.oneof({ weight: 5, arbitrary: anyOfSchema(document, schema, name) }, hostileText);
          const given = value.map((one): Pairs => [[name, asText(one)]]);
          return required || where === 'path' ? given : fc.oneof(given, fc.constant<Pairs>([]));
        }),
    );
  const flat = (lists: Arbitrary<Pairs[]>): Arbitrary<Pairs> => lists.map((pairs) => pairs.flat());
  return fc.record({
    operation: fc.constant({ ...operation, [fc.toStringMethod]: () => operation.operationId }),
    path: flat(parameters('path')),
    query: flat(parameters('query')),
    headers: someHeaders,
    who: ENDS_ACCESS.includes(operation.operationId) ? leavers : visitors,
    body: bodyOf(document, operation),
  });
}

const someHeaders: Arbitrary<Pairs> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Pairs>([]) },
  fc
    .tuple(
      fc.constantFrom(
        'if-none-match',
        'last-event-id',
        'idempotency-key',
        'range',
        'accept',
        'origin',
        'x-forwarded-for',
      ),
      fc.oneof(
        fc.constantFrom('*', '"1"', '0', '-1', 'a'.repeat(300), 'bytes=0-1'),
        fc.string({ unit: 'grapheme-ascii' }),
      ),
    )
    .map((pair): Pairs => [pair]),
);

function bodyOf(document: ApiDocument, { requestBody }: ApiOperation): Arbitrary<FuzzedRequest['body']> {
  if (!requestBody) return fc.constant({ kind: 'none' });
  const [type = JSON_TYPE, { schema } = { schema: {} }] = Object.entries(requestBody.content)[0] ?? [];
  const sane = type === FORM_TYPE ? formOf(document, schema) : jsonOf(document, schema);
  const odd = fc.record({
    kind: fc.constant('raw' as const),
    type: fc.constantFrom(
      JSON_TYPE,
      FORM_TYPE,
      `${FORM_TYPE}; boundary=x`,
      'text/plain',
      'application/x-www-form-urlencoded',
    ),
    text: fc.oneof(
      fc.constantFrom('', '{', '[]', 'null', '"x"', '--x--', '--x\r\n\r\n', '{"__proto__":{"a":1}}'),
      hostileText,
    ),
  });
  return fc.oneof(
    { weight: 8, arbitrary: sane },
    { weight: 1, arbitrary: odd },
    fc.constant({ kind: 'none' as const }),
  );
}

const jsonOf = (document: ApiDocument, schema: Schema) =>
  anyOfSchema(document, schema).map((value) => ({ kind: 'raw' as const, type: JSON_TYPE, text: asText(value) }));

function formOf(document: ApiDocument, schema: Schema): Arbitrary<FuzzedRequest['body']> {
  const { pdf_file: _, ...properties } = schema.properties ?? {};
  const fields = fc
    .tuple(
      ...Object.entries(properties).map(([name, inner]) =>
        fc.oneof(
          { weight: name.endsWith('_id') ? 0 : 4, arbitrary: fc.constant<Pairs>([]) },
          anyOfSchema(document, inner, name).map((value): Pairs => [[name, asText(value)]]),
        ),
      ),
    )
    .map((pairs) => pairs.flat());
  return fc.record({
    kind: fc.constant('form' as const),
    fields,
    file: fc.oneof({ weight: 2, arbitrary: fc.constant('novel' as const) }, fc.constantFrom(...FILES)),
  });
}

/** What is sent in the end. `tokens` by who asks. */
export function toRequest(
  baseUrl: string,
  fuzzed: FuzzedRequest,
  known: Known,
  tokens: Record<string, string | undefined>,
  novel: Uint8Array,
): Request {
  const { operation, query, headers, who, body } = fuzzed;
  const values = new Map(fuzzed.path);
  const path = operation.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => encode(fillIn(values.get(name) ?? '', known)) || '%20',
  );
  const url = new URL(`${baseUrl}/api/v1${path}`);
  for (const [name, value] of query) url.searchParams.append(name, fillIn(value, known));
  const request = new Request(url, { method: operation.method, ...bodyInit(body, known, novel) });
  for (const [name, value] of headers) request.headers.set(name, value.trim());
  const token = tokens[who];
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  return request;
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('.', '%2E');

function bodyInit(body: FuzzedRequest['body'], known: Known, novel: Uint8Array): RequestInit {
  switch (body.kind) {
    case 'none':
      return {};
    case 'raw':
      return { body: fillIn(body.text, known), headers: { 'content-type': body.type } };
    case 'form': {
      const form = new FormData();
      for (const [name, value] of body.fields) form.append(name, fillIn(value, known));
      for (const file of filesOf(body.file, novel)) form.append('pdf_file', file);
      return { body: form };
    }
  }
}

function filesOf(kind: FileKind, novel: Uint8Array): File[] {
  const pdf = (bytes: Uint8Array) => new File([new Uint8Array(bytes)], 'Le Phare.pdf', { type: 'application/pdf' });
  const kinds: Record<FileKind, File[]> = {
    novel: [pdf(novel)],
    half: [pdf(novel.subarray(0, novel.length / 2))],
    text: [new File(['%PDF-1.7 no more'], '../x\0.pdf')],
    empty: [new File([], '')],
    twice: [pdf(novel), pdf(novel)],
    none: [],
  };
  return kinds[kind];
}
