import { z } from 'zod';

/** A number, or its digits: in a form or a query all is text. Nothing else that JavaScript would take for one. */
export const wholeNumber = (min: number, max: number) =>
  z.preprocess(
    (given) => (typeof given === 'string' && /^-?\d{1,15}$/.test(given) ? Number(given) : given),
    z.int().min(min).max(max),
  );
