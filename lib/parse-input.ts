import type { z } from 'zod';
import { AppError } from './errors';

/** What `schema` makes of `input`, or INVALID_INPUT field by field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
  throw new AppError('INVALID_INPUT', 'Some values are not valid.', { fields });
}
