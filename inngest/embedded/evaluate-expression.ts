import type { Expression } from './expression';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The value at a path, null where there is none. */
function lookUp(path: string[], scope: unknown): unknown {
  let value = scope;
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : null;
  return value ?? null;
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (isObject(a) && isObject(b) && JSON.stringify(a) === JSON.stringify(b));

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  return Number.NaN;
}

/** What is no number makes a sum that equals nothing, and is greater or less than nothing. */
const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'string' || typeof b === 'string') return `${a}${b}`;
  return number(a) + number(b);
}

const contains = (whole: unknown, part: unknown): boolean => {
  if (Array.isArray(whole)) return whole.some((item) => same(item, part));
  return isObject(whole) ? Object.hasOwn(whole, String(part)) : String(whole).includes(String(part));
};

const OPERATIONS: Record<string, (a: unknown, b: unknown) => unknown> = {
  '==': same,
  '!=': (a, b) => !same(a, b),
  '<': (a, b) => compare(a, b) < 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>': (a, b) => compare(a, b) > 0,
  '>=': (a, b) => compare(a, b) >= 0,
  in: (a, b) => contains(b, a),
  '+': add,
  '-': (a, b) => number(a) - number(b),
  '*': (a, b) => number(a) * number(b),
  '/': (a, b) => number(a) / number(b),
  '%': (a, b) => number(a) % number(b),
  '!': (a) => a !== true,
  has: (a) => a !== null,
  size: (a) => (typeof a === 'string' || Array.isArray(a) ? a.length : 0),
  contains,
  startsWith: (a, b) => String(a).startsWith(String(b)),
  endsWith: (a, b) => String(a).endsWith(String(b)),
  lowerAscii: (a) => String(a).toLowerCase(),
  upperAscii: (a) => String(a).toUpperCase(),
};

/** `scope` holds the roots of the paths: `event`, and `async` for a later event. */
export function evaluate(node: Expression, scope: Record<string, unknown>): unknown {
  if ('value' in node) return node.value;
  if ('path' in node) return lookUp(node.path, scope);
  const [first = { value: null }, second = { value: null }, third = { value: null }] = node.args;
  const left = evaluate(first, scope);
  if (node.op === '&&') return left === true && evaluate(second, scope) === true;
  if (node.op === '||') return left === true || evaluate(second, scope) === true;
  if (node.op === '?') return evaluate(left === true ? second : third, scope);
  if (node.op === 'list') return node.args.map((item) => evaluate(item, scope));
  return OPERATIONS[node.op]?.(left, evaluate(second, scope)) ?? null;
}

/** The same expression with every path under `root` replaced by the value it has now. */
export function bind(node: Expression, root: string, value: unknown): Expression {
  if ('value' in node) return node;
  if ('path' in node) return node.path[0] === root ? { value: lookUp(node.path.slice(1), value) } : node;
  return { op: node.op, args: node.args.map((item) => bind(item, root, value)) };
}
