import { type TypesetNovel, typesetNovel } from './typeset-novel';

/** Run in a process of its own by pdf.ts. */
export const run = (novel: TypesetNovel): Promise<Uint8Array> => typesetNovel(novel);
