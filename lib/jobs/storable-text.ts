/** PostgreSQL holds neither U+0000 nor half a surrogate pair, and a PDF or a model may write both. */
export const storableText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
