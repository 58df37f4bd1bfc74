import Ajv2020 from 'ajv/dist/2020';
import type { ApiDocument, ApiOperation } from './api-document';
import { type Known, kindOf } from './fuzz-values';

const MUST_NOT_APPEAR = [
  /\n\s+at .+:\d+/,
  /node_modules/,
  /\b(?:TypeError|SyntaxError|RangeError|PostgresError|DrizzleQueryError|ZodError|AppError)\b/,
  /\b(?:ECONNREFUSED|ENOENT|EACCES)\b/,
  /\b(?:select|insert into|update|delete from) "/i,
  /\$argon2/,
  /postgres(?:ql)?:\/\//,
];

export interface CheckedAnswer {
  status: number;
  json: unknown;
}

/** Holds every answer against the document. Throws an Error that says what is wrong with one. */
export function answerChecker(document: ApiDocument, secrets: string[]) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'api');

  const validate = (pointer: string[], value: unknown): string | undefined => {
    const path = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const check = ajv.getSchema(`api#/${path}`);
    if (!check) throw new Error(`the document has no schema at ${path}`);
    return check(value) === true ? undefined : ajv.errorsText(check.errors);
  };

  const faultIn = ({ method, path, responses }: ApiOperation, answer: Response, text: string): string | undefined => {
    const { status, headers } = answer;
    const described = responses[status];
    if (status === 500) return 'a failure on our side';
    if (!described) return 'the document knows no such status';
    if (!headers.get('x-request-id')) return 'it has no request id';
    const shown =
      MUST_NOT_APPEAR.find((inside) => inside.test(text)) ?? secrets.find((secret) => text.includes(secret));
    if (shown !== undefined) return `it shows ${shown}`;
    const type = contentType(answer);
    if (!described.content) return text === '' ? undefined : 'the document knows no content';
    if (!Object.keys(described.content).includes(type)) return 'the document knows no such content';
    if (!type.endsWith('json')) return undefined;
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
    return validate(pointer, JSON.parse(text));
  };

  return async (operation: ApiOperation, answer: Response): Promise<CheckedAnswer> => {
    const type = contentType(answer);
    const isStream = type === 'text/event-stream';
    const text = isStream ? '' : await answer.text();
    if (isStream) await answer.body?.cancel();
    const fault = faultIn(operation, answer, text);
    if (fault !== undefined) {
      const { method, path } = operation;
      throw new Error(`${method} ${path} answered ${answer.status} ${type}: ${fault}\n${text.slice(0, 2000)}`);
    }
    return { status: answer.status, json: type.endsWith('json') && text !== '' ? JSON.parse(text) : undefined };
  };
}

const contentType = ({ headers }: Response) => headers.get('content-type')?.split(';')[0] ?? '';

const MOST = 60;

/** Remembers what an answer names, for requests to come. */
export function learn(document: ApiDocument, { path }: ApiOperation, json: unknown, known: Known): void {
  const ofList = Object.keys(document.paths).find((other) => other.startsWith(`${path.replace(/\/\{\w+\}.*$/, '')}/{`));
  const idKind = /\{(\w+)\}/.exec(ofList ?? '')?.[1];
  const note = (kind: string | undefined, value: string) => {
    if (kind === undefined) return;
    const named = known.get(kind) ?? [];
    if (!named.includes(value)) known.set(kind, [value, ...named].slice(0, MOST));
  };
  const look = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') look(inner);
      else if (name === 'id') note(idKind, inner);
      else if (name === 'next') note('cursor', inner);
      else if (/_(id|token)$/.test(name)) note(kindOf(name), inner);
    }
  };
  look(json);
}
