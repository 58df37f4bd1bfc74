import type { z } from 'zod';
import { AppError } from './errors';

/** What `schema` makes of `input`, or INVALID_INPUT field by field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  if (holdsNul(input)) {
    const fields = Object.entries(input ?? {}).flatMap(([field, value]) =>
      holdsNul(value) ? [{ field, message: 'holds a character that no text holds' }] : [],
    );
    throw new AppError('INVALID_INPUT', 'Some values are not valid.', { fields });
  }
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new AppError('INVALID_INPUT', 'Some values are not valid.', { fields });
}

/** PostgreSQL has no text with this character. */
export function holdsNul(value: unknown): boolean {
  const open = [value];
  // Not by recursion: JSON may be nested deeper than the stack.
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one === 'string' && one.includes('\0')) return true;
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) open.push(inner);
  }
  return false;
}
