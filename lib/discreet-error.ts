/** PostgreSQL's class for values it could not take; it quotes them. */
const DATA_EXCEPTION = /^22/;
const FRAME = /^ {4}at /;

/**
 * The error without what it quotes: drizzle names all values of a failed query, PostgreSQL the failing row, JSON.parse the
 * text, and any of them may be a line of somebody's novel. For wherever an error leaves the process: the log, the engine.
 */
export function discreet(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ('query' in error && 'params' in error) return discreet(error.cause ?? rewritten(error, 'a query failed'));
  if (error.name === 'PostgresError') return discreetDatabaseError(error);
  if (error instanceof SyntaxError && error.message.includes('JSON')) return rewritten(error, 'the text is not JSON');
  const cause = discreet(error.cause);
  if (cause === error.cause) return error;
  return Object.assign(rewritten(error, error.message), { ...error, cause });
}

function discreetDatabaseError(error: Error): Error {
  const { code, table_name, constraint_name }: Partial<Record<string, unknown>> = { ...error };
  const message = DATA_EXCEPTION.test(String(code)) ? 'a value was refused' : error.message;
  return Object.assign(rewritten(error, message), { code, table_name, constraint_name });
}

/** Of the same name, thrown at the same place. */
function rewritten({ name, stack = '' }: Error, message: string): Error {
  const copy = new Error(message);
  copy.name = name;
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  copy.stack = [`${name}: ${message}`, ...frames].join('\n');
  return copy;
}
