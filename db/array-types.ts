import type { PostgresType } from 'postgres';

const asText = (text: string): string => text;

/** The arrays that are given to the database here, or come from it: the number of each in PostgreSQL, and its elements. */
const ARRAYS = {
  booleans: { oid: 1000, parse: (text: string) => text === 't' },
  names: { oid: 1003, parse: asText },
  integers: { oid: 1007, parse: Number },
  texts: { oid: 1009, parse: asText },
  varchars: { oid: 1015, parse: asText },
  bigints: { oid: 1016, parse: asText },
  floats: { oid: 1022, parse: Number },
  uuids: { oid: 2951, parse: asText },
};

/** Within quotation marks, where a backslash precedes one that is meant, or bare. */
const ELEMENT = /"((?:[^"\\]|\\.)*)"|[^,{}]+/gs;

function parseArray(text: string, parse: (text: string) => unknown): unknown[] {
  return Array.from(text.matchAll(ELEMENT), ([bare, quoted]) => {
    if (quoted !== undefined) return parse(quoted.replace(/\\(.)/gs, '$1'));
    return bare === 'NULL' ? null : parse(bare);
  });
}

function writeElement(element: unknown): string {
  if (element === undefined) throw new TypeError('an array for the database has an element that is undefined');
  return element === null ? 'NULL' : `"${String(element).replace(/["\\]/g, '\\$&')}"`;
}

/** Who makes its own text of an array, as drizzle does, is left to it. */
const writeArray = (value: unknown): unknown =>
  Array.isArray(value) ? `{${value.map(writeElement).join(',')}}` : value;

/**
 * What postgres.js would ask each new connection for. It listens to nobody then: a connection lost during that question is
 * an unhandled rejection, which ends the process.
 */
export const arrayTypes: Record<string, PostgresType> = Object.fromEntries(
  Object.entries(ARRAYS).map(([name, { oid, parse }]) => [
    name,
    { to: oid, from: [oid], serialize: writeArray, parse: (text: string) => parseArray(text, parse) },
  ]),
);
