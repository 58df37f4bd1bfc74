/** The short story in `samples/`. */
export const SAMPLE_FILE = 'story.pdf';
