import { sql as sqlOf } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { db } from '@/db/client';
import { connectTestDatabase } from '@/db/testing/connect-test-database';
import { foldForSearch, foldWithPlaces } from '@/lib/french/fold-for-search';
import { folded, hasText } from './has-text';

connectTestDatabase();

const TEXTS = [
  'L’Été !',
  'Ÿ « Ç » œ Æ',
  'a \u00a0 ;',
  'Ñandú, ø ð ß ﬁ',
  'a\u2011b \u00ad c',
  '(oui )',
  'ÎLE\t\nUNE',
  'un…deux ? ! trois',
  'Il dit\u202f: «\u00a0L’œuvre d’été, c’est ça\u202f!\u00a0»',
  'Une a\u0302me, un co\u0308eur, des boe\u0308ufs',
  'LES SŒURS, NOËL ET LE CŒUR DE LAËTITIA',
  'mot«cité»collé, l"autre',
  'haïr l’haïe, naïf, aérien, coexister, poële, Citroën',
  '3 % de 100_000 \\ et ½ ou 2² nº 5',
  'Łódź, сказка, ἀρχή, ﬀ et Åse',
];

it('folds in the database as beside the result', async () => {
  for (const text of TEXTS) {
    const [row] = await db().execute<{ folded: string }>(sqlOf`select ${folded(sqlOf`${text}::text`)} as folded`);
    expect(row?.folded).toBe(foldWithPlaces(text).text);
  }
});

it('finds each part of each text, in all that hold it and in no other', async () => {
  const texts = sqlOf`unnest(${sqlOf.param(TEXTS)}::text[]) as held(text)`;
  const find = async (typed: string) => {
    const rows = await db().execute<{ text: string }>(
      sqlOf`select text from ${texts} where ${hasText(sqlOf`text`, typed)}`,
    );
    return rows.map(({ text }) => text).sort();
  };
  const parts = TEXTS.flatMap((text) => {
    const signs = [...text];
    return signs.flatMap((_, start) => [1, 2, 3, 5, 50].map((length) => signs.slice(start, start + length).join('')));
  });
  for (const typed of new Set(parts)) {
    const sought = foldForSearch(typed);
    const holding = TEXTS.filter((text) => sought !== '' && foldWithPlaces(text).text.includes(sought));
    expect(await find(typed), `« ${typed} »`).toEqual(holding.sort());
  }
});

it.each(['oe'.repeat(100), 'aeiou'.repeat(40), '.*+?()[]{}|^$\\'.repeat(10), "' ".repeat(100)])(
  'takes whatever is typed for what it is: %s',
  async (typed) => {
    const [row] = await db().execute<{ is: boolean }>(
      sqlOf`select ${hasText(sqlOf`${`Il dit ${typed}.`}::text`, typed)} as is`,
    );
    expect(row?.is).toBe(true);
  },
);
