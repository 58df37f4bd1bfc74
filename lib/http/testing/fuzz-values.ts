import fc, { type Arbitrary } from 'fast-check';
import type { ApiDocument, Schema } from './api-document';

/** Stands for something that an earlier answer named, and is looked up when the request is sent. */
const placeholder = (kind: string, which: number) => `§${kind}:${which}§`;
const PLACEHOLDER = /§(\w+):(\d+)§/g;

/** What answers have named until now, by kind: « jobId », « quoteId ». */
export type Known = Map<string, string[]>;

export const fillIn = (text: string, known: Known): string =>
  text.replace(PLACEHOLDER, (_, kind: string, which: string) => {
    const named = known.get(kind) ?? [];
    return named[Number(which) % named.length] ?? 'nothing-yet';
  });

/** « job_id » and « jobId » are one kind. */
export const kindOf = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const HOSTILE_TEXTS = [
  '',
  ' ',
  '\ud800',
  '\u202e',
  '%00',
  '../../etc/passwd',
  "'; drop table jobs; --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '__proto__',
  'é'.repeat(300),
  'a'.repeat(10_000),
];
/** PostgreSQL's text holds all but this. */
const NUL_TEXTS = ['\0', 'a\0b'];
export const hostileText = fc.oneof(
  fc.constantFrom(...NUL_TEXTS),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const HOSTILE_VALUES = [
  null,
  true,
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  {},
  [null],
  { __proto__: null, a: { b: [] } },
];
const hostileValue = fc.oneof(fc.constantFrom<unknown>(...HOSTILE_VALUES), hostileText, fc.jsonValue());

const PASSWORDS = ['une salle de lecture au calme', 'trois phares dans la brume 1899', 'short'];

/** Mostly what the schema asks for, now and then what it does not. */
export function anyOfSchema(document: ApiDocument, schema: Schema, name = ''): Arbitrary<unknown> {
  const value = (inner: Schema, innerName = name) => anyOfSchema(document, inner, innerName);
  return fc.oneof(
    { weight: 10, arbitrary: saneValue(resolve(document, schema), name, value) },
    { weight: 1, arbitrary: hostileValue },
  );
}

function resolve(document: ApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (document.components.schemas[name] ?? schema);
}

type Inner = (schema: Schema, name?: string) => Arbitrary<unknown>;

function saneValue(schema: Schema, name: string, value: Inner): Arbitrary<unknown> {
  const { enum: values, const: only, anyOf, oneOf, type, items, properties } = schema;
  if (only !== undefined) return fc.constant(only);
  if (values) return fc.constantFrom(...values);
  if (Array.isArray(type) && type.includes('boolean')) return fc.constantFrom(true, false, 'true', 'off');
  const choices = anyOf ?? oneOf ?? (Array.isArray(type) ? type.map((one) => ({ ...schema, type: one })) : undefined);
  if (choices) return fc.oneof(...choices.map((choice) => value(choice)));
  if (properties) return saneObject(schema, properties, value);
  switch (type) {
    case 'integer':
    case 'number':
      return saneNumber(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(value(items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'string':
      return saneText(schema, name);
    default:
      return fc.jsonValue();
  }
}

function saneNumber({ minimum = 0, maximum = 100 }: Schema): Arbitrary<number> {
  const max = Math.min(maximum, 1000);
  return fc.oneof(fc.integer({ min: minimum, max: Math.min(max, minimum + 3) }), fc.integer({ min: minimum, max }));
}

function saneObject({ required = [] }: Schema, properties: Record<string, Schema>, value: Inner): Arbitrary<unknown> {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, value(inner, name)]));
  return fc.oneof(
    { weight: 4, arbitrary: fc.record(parts, { requiredKeys: required }) },
    { weight: 1, arbitrary: fc.record(parts, { requiredKeys: [] }) },
  );
}

function saneText({ format, pattern, maxLength }: Schema, name: string): Arbitrary<string> {
  if (/(_id|Id|_token|cursor)$/.test(name)) return fc.nat(30).map((which) => placeholder(kindOf(name), which));
  if (/password/.test(name)) return fc.constantFrom(...PASSWORDS);
  if (format === 'email') return fc.constantFrom('lea@example.org', 'paul@example.org', 'nobody@example.org');
  if (format === 'uri') return fc.webUrl();
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.oneof(
    fc.constantFrom('Le phare', 'true', 'false', 'été', 'on'),
    fc.string({ maxLength: Math.min(maxLength ?? 60, 60) }),
  );
}
