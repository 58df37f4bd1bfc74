import type { TextLine, TextPage } from '../novel-text';

const LEFT = 50;
const RIGHT = 250;
const PITCH = 12;

export interface Typed {
  indent?: number;
  /** How far short of the right margin the line ends. */
  short?: number;
  size?: number;
  top?: number;
  left?: number;
}

/** A page of lines one under the other, from margin to margin unless they say otherwise. */
export function page(number: number, lines: (string | [string, Typed])[], kind: TextPage['kind'] = 'text'): TextPage {
  let y = 60;
  const set = lines.map((typed): TextLine => {
    const [text, { indent = 0, short = 0, size = 10, top, left = LEFT }] =
      typeof typed === 'string' ? [typed, {}] : typed;
    y = top ?? y + PITCH;
    return { text, left: left + indent, right: RIGHT - short, top: y, bottom: y + size, fontSize: size };
  });
  return { number, width: 300, height: 440, kind, lines: set };
}

export const FULL = 'la mer montait encore et le vent soufflait fort';
export const opening = (text: string): [string, Typed] => [text, { indent: 12 }];
export const ending = (text: string): [string, Typed] => [text, { short: 120 }];
export const spoken = (text: string): [string, Typed] => [text, { indent: 12, short: 60 }];
