import { newSecret } from './secret-hash';

const MARK = 'fnt_';
const SHOWN = 8;

/** By its mark a scanner finds a key that was published by mistake. */
export const newApiKey = (): string => `${MARK}${newSecret()}`;

export const isApiKey = (bearer: string): boolean => bearer.startsWith(MARK);

export const prefixOf = (key: string): string => key.slice(0, MARK.length + SHOWN);
