/** The short story in `samples/`. */
export const SAMPLE_FILE = 'la-derniere-tournee.pdf';
