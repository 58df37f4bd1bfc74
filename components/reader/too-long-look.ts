/** Under a sentence that is longer than was asked for. */
export const tooLongLook = 'underline decoration-edge decoration-dotted decoration-1 underline-offset-[0.3em]';
