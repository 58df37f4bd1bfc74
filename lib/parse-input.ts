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
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul);
}
