/** Of our own, from the root of the repository: what is read for practice. */
export const SAMPLE = 'samples/la-derniere-tournee.pdf';
