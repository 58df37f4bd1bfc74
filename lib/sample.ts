/** The short story in `samples/`, which is ours: to try the tool with, and for its processes to practise on. */
export const SAMPLE_FILE = 'la-derniere-tournee.pdf';

/** From the root of the repository. */
export const SAMPLE_PDF = `samples/${SAMPLE_FILE}`;
export const SAMPLE_TEXT = 'samples/la-derniere-tournee.txt';
