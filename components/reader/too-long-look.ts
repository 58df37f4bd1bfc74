/** Under a sentence that is longer than was asked for, unless the text around it goes without marks. */
export const tooLongLook =
  'group-data-[marks=off]/text:no-underline underline decoration-edge decoration-dotted decoration-1 underline-offset-[0.3em]';
