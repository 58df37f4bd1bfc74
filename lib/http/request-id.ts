import { newId } from '@/lib/ids';

/** In an answer; and in a request, where `on-request-start.ts` writes it over whatever a client sent. */
export const REQUEST_ID = 'x-request-id';

export const requestIdOf = (headers: Headers): string => headers.get(REQUEST_ID) ?? newId();
