import { monotonicFactory } from 'ulidx';

const ulid = monotonicFactory();

/** A lower-case ULID: 26 characters that sort by the time they were made. */
export const newId = (): string => ulid().toLowerCase();
