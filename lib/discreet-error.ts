/** PostgreSQL's class for values it could not take; it quotes them. */
const DATA_EXCEPTION = /^22/;
/** The values of a list are as many signs as rows. */
const MAX_QUERY = 1_000;
const FRAME = /^ {4}at /;

/**
 * The error without what it quotes: drizzle names all values of a failed query, PostgreSQL the failing row, JSON.parse the
 * text, and any of them may be a line of somebody's novel. For wherever an error leaves the process: the log, the engine.
 */
export function discreet(error: unknown): unknown {
  return error instanceof Error ? discreetError(error) : error;
}

function discreetError(error: Error): Error {
  if ('query' in error && 'params' in error) return discreetQuery(error, String(error.query));
  if (error.name === 'PostgresError') return discreetDatabaseError(error);
  if (error instanceof SyntaxError && error.message.includes('JSON')) return rewritten(error, 'the text is not JSON');
  // What is no error may hold anything.
  const cause = error.cause instanceof Error ? discreetError(error.cause) : undefined;
  if (cause === error.cause) return error;
  return Object.assign(rewritten(error, error.message), { ...error, cause });
}

/** What PostgreSQL said, where it was asked, and how: the driver makes its own error far from there. */
function discreetQuery({ cause, stack }: Error, query: string): Error {
  const said = cause instanceof Error ? discreetError(cause) : new Error('a query failed');
  const asked = rewritten({ name: said.name, stack }, said.message);
  return Object.assign(asked, said, { query: query.slice(0, MAX_QUERY) });
}

function discreetDatabaseError(error: Error): Error {
  const { code, table_name, column_name, constraint_name, routine }: Partial<Record<string, unknown>> = { ...error };
  const message = DATA_EXCEPTION.test(String(code)) ? 'a value was refused' : error.message;
  return Object.assign(rewritten(error, message), { code, table_name, column_name, constraint_name, routine });
}

/** Of the same name, thrown at the same place. */
function rewritten({ name, stack = '' }: { name: string; stack?: string | undefined }, message: string): Error {
  const copy = new Error(message);
  copy.name = name;
  const frames = stack.split('\n').filter((line) => FRAME.test(line));
  copy.stack = [`${name}: ${message}`, ...frames].join('\n');
  return copy;
}
