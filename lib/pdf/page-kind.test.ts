import { describe, expect, it } from 'vitest';
import { pageKind } from './page-kind';
import { SAMPLE_PARAGRAPHS } from './testing/sample-paragraphs';

const FRENCH = SAMPLE_PARAGRAPHS.join('\n');
const ENGLISH =
  'The keeper of the lighthouse had seen no other face than his own for six weeks. Every morning he climbed the two hundred steps, cleaned the lantern and went down again to make his coffee.';
const RUSSIAN =
  'Смотритель маяка шесть недель не видел ни одного лица, кроме своего. Каждое утро он поднимался по ступеням, чистил фонарь и спускался вниз варить себе кофе, потом садился у окна и долго смотрел на море, ожидая лодку из деревни, но никто не приходил к нему.';

const kind = (text: string, undecodable = 0) => pageKind({ text, undecodable, hasPicture: false });

/** Every letter moved along by one, as a font without its alphabet does. */
const shifted = (text: string) => text.replace(/[a-z]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1));

describe('pageKind', () => {
  it('knows a French page, even through some undecodable signs', () => {
    expect(kind(FRENCH)).toBe('text');
    expect(kind(FRENCH, 300)).toBe('text');
  });

  it('takes a few words for text, whatever their language', () => {
    expect(kind('I')).toBe('text');
    expect(kind('Chapitre premier')).toBe('text');
  });

  it('tells other languages by their words', () => {
    expect(kind(ENGLISH)).toBe('foreign');
    expect(kind(RUSSIAN)).toBe('foreign');
  });

  it('takes a table of contents for text, whatever its names and its dots', () => {
    const entry = (_: unknown, index: number) => `Gabriel Kermadec ${'. '.repeat(40)}${index + 5}`;
    expect(kind(Array.from({ length: 20 }, entry).join('\n'))).toBe('text');
  });

  it('tells letters that make no language', () => {
    expect(kind(shifted(FRENCH))).toBe('garbled');
    expect(kind(shifted(FRENCH).replaceAll(' ', ''), 900)).toBe('garbled');
    expect(kind('', 900)).toBe('garbled');
  });

  it('tells a blank page from a scanned one', () => {
    expect(kind(' ')).toBe('blank');
    expect(pageKind({ text: '', undecodable: 0, hasPicture: true })).toBe('scanned');
  });
});
