import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentRecall } from '@/lib/french/content-words';
import { tagWords } from '@/lib/french/tag-words';
import { countWords } from '@/lib/french/words';
import { checkRewrite } from '@/lib/rewrite/check-reply';
import { rewriteOffline } from './rewrite-offline';

const settings = { maxWords: 4, minWords: 2 };
const sentence = (text: string) => ({ position: 7, kind: 'narration' as const, text });
const rewrite = (text: string, maxWords = 4) => rewriteOffline(sentence(text), { ...settings, maxWords }).rewrites;

describe('rewriteOffline makes two sentences of', () => {
  it.each([
    ['a shared pronoun', 'Il ouvrit la porte et sortit.', ['Il ouvrit la porte.', 'Il sortit.']],
    [
      'a feminine noun',
      'La fermière posa son panier et s’assit près du feu.',
      ['La fermière posa son panier.', 'Elle s’assit près du feu.'],
    ],
    [
      'a plural noun of unsure gender',
      'Les gens quittèrent la place et rentrèrent chez eux.',
      ['Les gens quittèrent la place.', 'Les gens rentrèrent chez eux.'],
    ],
    [
      'a name',
      'Mathilde prit la lettre et la cacha sous son châle.',
      ['Mathilde prit la lettre.', 'Mathilde la cacha sous son châle.'],
    ],
    ['a title', 'Mme Lanvin rougit et ne répondit pas.', ['Mme Lanvin rougit.', 'Elle ne répondit pas.']],
    [
      'an elided « je »',
      'Je pris mon bâton et arrivai avant la nuit.',
      ['Je pris mon bâton.', 'J’arrivai avant la nuit.'],
    ],
    [
      'an adverbial before the verb',
      'Le chien leva la tête et, sans bruit, se recoucha.',
      ['Le chien leva la tête.', 'Sans bruit, il se recoucha.'],
    ],
    [
      'two clauses with their own subjects',
      'La pluie tombait, mais le facteur marchait toujours.',
      ['La pluie tombait.', 'Mais le facteur marchait toujours.'],
    ],
    [
      'a semicolon',
      'Le ciel noircissait ; les bêtes rentraient seules.',
      ['Le ciel noircissait.', 'Les bêtes rentraient seules.'],
    ],
    [
      'a colon',
      'Elle le savait depuis longtemps : il ne reviendrait pas.',
      ['Elle le savait depuis longtemps.', 'Il ne reviendrait pas.'],
    ],
    [
      'an incise',
      '— Je le crois, dit Paul, mais rien ne presse.',
      ['— Je le crois, dit Paul.', 'Mais rien ne presse.'],
    ],
    [
      'imperatives',
      '— Prends cette lampe et suis-moi dans la cave !',
      ['— Prends cette lampe.', 'Suis-moi dans la cave !'],
    ],
    [
      'a reason',
      'Elle chantait très fort parce que la nuit lui faisait peur.',
      ['Elle chantait très fort.', 'En effet, la nuit lui faisait peur.'],
    ],
    [
      'a relative clause',
      'Il appela son voisin, qui réparait une barque.',
      ['Il appela son voisin.', 'Celui-ci réparait une barque.'],
    ],
    [
      'a shared infinitive',
      'Elle voulait vendre la ferme et partir vers la ville.',
      ['Elle voulait vendre la ferme.', 'Elle voulait partir vers la ville.'],
    ],
    [
      'a background',
      'La neige tombait sur le port, lorsque la cloche sonna.',
      ['La neige tombait sur le port.', 'Alors la cloche sonna.'],
    ],
    [
      'what went on meanwhile',
      'Pendant que le maire parlait, la fanfare attendait dehors.',
      ['Le maire parlait.', 'Pendant ce temps, la fanfare attendait dehors.'],
    ],
    [
      'a place',
      'Ils gagnèrent la grange, où dormaient les bêtes.',
      ['Ils gagnèrent la grange.', 'Là dormaient les bêtes.'],
    ],
    [
      'a participle in the middle',
      'Le vieux sonneur, assis sur un banc, fumait sa pipe.',
      ['Le vieux sonneur était assis sur un banc.', 'Il fumait sa pipe.'],
    ],
    [
      'a shared participle',
      'Il avait vendu la barque et acheté une charrue.',
      ['Il avait vendu la barque.', 'Il avait acheté une charrue.'],
    ],
    [
      'a moment',
      'Dès que le train siffla, les enfants coururent vers la gare.',
      ['Le train siffla.', 'Aussitôt les enfants coururent vers la gare.'],
    ],
  ])('%s', (_, text, sentences) => {
    expect(rewrite(text)).toEqual(sentences);
  });
});

it('cuts a long enumeration as often as the limit asks', () => {
  expect(rewrite('Il vit un banc, une table, deux lits et une armoire.', 7)).toEqual([
    'Il vit un banc, une table.',
    'Il vit deux lits et une armoire.',
  ]);
});

describe('rewriteOffline leaves alone', () => {
  it.each([
    ['a shared object', 'Il ouvrit et referma doucement la vieille porte.'],
    ['joined nouns', 'Elle aimait le bruit de la mer et des mouettes.'],
    ['what a dependent clause holds', 'Il disait que le vent tournait et que la mer montait.'],
    ['a condition', 'Si le vent tourne, nous rentrerons au port ce soir.'],
    ['a relative clause that says which', 'Elle ne vit pas l’homme qui portait la lanterne.'],
    ['correlated clauses', 'Plus il avançait, plus la forêt devenait sombre et froide.'],
    ['a quotation in the middle', 'Le mot « il viendra et partira » la fit rire longtemps.'],
    ['a nominal sentence', 'Un long couloir blanc, puis une porte de fer.'],
    ['a participle that may speak of another noun', 'Elle aperçut une barque, tirée sur le sable humide.'],
    ['a tag', '— Vous reviendrez nous voir dimanche, n’est-ce pas ?'],
    ['what is said after a while', 'Il cria, debout sur le quai, que la mer montait.'],
    ['what somebody looks like', 'Il marchait lentement, la tête basse, les poings serrés.'],
    ['verbs of one relative clause', 'Elle ne voyait pas l’homme qui chargeait le foin et sifflait un air.'],
    ['a date', 'Ainsi, il y a quelques années, nous habitions cette rue.'],
    ['an indirect question', 'Elle se demanda longtemps quelle route il avait prise.'],
    ['adjectives after « et »', 'Quelque chose de jeune et de moqueur, quand elle riait, brillait là.'],
    ['a consequence', 'Le vent soufflait si bien que le toit, peu à peu, se souleva.'],
    ['a cause that opens with « tant »', 'Il ne pouvait plus parler, tant il avait couru dans la montagne.'],
    ['participles before a shared verb', 'Le préfet, offrant son bras à la veuve du notaire, l’introduisit.'],
    ['an apposition', 'Le père Hubert, patron de ce bateau construit avec son argent, fumait.'],
    ['a relative clause without a comma', 'Il craignait ce personnage qui prétextait toujours une affaire.'],
    ['an object said to be had', 'Elle vivait avec les choses que personne n’avait voulues.'],
    ['a question asked by the voice alone', '— Il est venu hier et il repart demain matin ?'],
    ['a statement and a question', '— Alors, reprit madame Gaillard, vous travaillez toujours chez lui ?'],
    ['what is said after a colon', 'Je me suis dit : il a perdu la clef de la cave.'],
    ['somebody called', '— Surtout, Jean, n’y va pas avec ta mère malade.'],
    ['a remark between commas', 'Après avoir eu, on le sait, une longue maladie, elle aspirait au repos.'],
    ['what goes in step', 'Et plus il marchait, plus la route montait, plus la nuit venait.'],
    ['a subject of unknown gender', 'L’honorable Paul Berger se taisait et regardait la pluie tomber.'],
    ['a verb without a person', 'Il pleuvait sur la route et ruisselait dans les fossés du bourg.'],
    ['several subjects of one verb', 'La route charriait du sang, les femmes, les hommes galopaient ensemble.'],
    ['a subject that does not agree', 'Il lisait, sur le manche, le mot qui y brillait, puis était gravée une date.'],
    ['a number with « et »', 'Elle compta six mille et quatre cents francs, les mains tremblantes.'],
    ['whose turn it was', 'Il amena le cheval, dont c’était le tour de corvée.'],
    ['what a relative clause says of an object', 'Il sortit une lettre, que Lise avait écrite en secret.'],
    ['what a relative clause says is owned', 'On vit un navire, dont la coque luisait sous la lune.'],
    ['a present participle at the end', 'Elle traversa la cour, ne regardant personne.'],
    ['a past participle at the end', 'Elle sortit bientôt, suivie par tous ses enfants.'],
    ['what was done on the way', 'Quand Marthe rentra, elle fit un détour par le marché.'],
    ['a contrast', 'L’aîné était brun et grave, tandis que le cadet était blond.'],
    ['a contrast that comes first', 'Tandis que le maire dormait, son frère travaillait sans cesse.'],
    ['a habit', 'Quand il rentrait le soir, toute la rue le saluait.'],
  ])('%s', (_, text) => {
    const result = rewriteOffline(sentence(text), settings);
    expect(result).toMatchObject({ position: 7, status: 'kept', method: 'kept', rewrites: [text] });
    expect(result.flags).toContain('over_limit');
  });
});

const SUBJECTS = ['il', 'elle', 'le vieux pêcheur', 'Suzanne', 'la voisine', 'les deux frères'];
const PLURAL = new Set(['les deux frères']);
const VERBS = [
  ['ouvrit la grille', 'ouvrirent la grille'],
  ['ne vit personne', 'ne virent personne'],
  ['posa 12 pommes sur la table', 'posèrent 12 pommes sur la table'],
  ['pensait à la guerre', 'pensaient à la guerre'],
  ['disait que tout irait bien', 'disaient que tout irait bien'],
];
const LINKS = [' et ', ', ', ' ; ', ', mais ', ', puis '];
const clause = fc.record({
  subject: fc.constantFrom('', ...SUBJECTS),
  verb: fc.constantFrom(...VERBS),
  link: fc.constantFrom(...LINKS),
});
const generated = fc
  .tuple(fc.constantFrom(...SUBJECTS), fc.array(clause, { minLength: 1, maxLength: 5 }))
  .map(([first, clauses]) => {
    let subject = first;
    const text = clauses
      .map((one, i) => {
        subject = one.subject || subject;
        const verb = one.verb[PLURAL.has(subject) ? 1 : 0];
        const link = i === 0 ? '' : one.link;
        return link + (i === 0 ? subject : one.subject) + (i === 0 || one.subject ? ' ' : '') + verb;
      })
      .join('');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  });

describe('rewriteOffline, whatever the sentence,', () => {
  it('passes its own checks and recalls every content word', () => {
    fc.assert(
      fc.property(generated, fc.integer({ min: 3, max: 12 }), (text, maxWords) => {
        const { status, rewrites, flags } = rewriteOffline(sentence(text), { ...settings, maxWords });
        expect(checkRewrite(sentence(text), rewrites, { maxWords })).toEqual(flags);
        if (status === 'rewritten') expect(flags.filter((flag) => flag !== 'over_limit')).toEqual([]);
        expect(contentRecall(tagWords(text), tagWords(rewrites.join(' ')))).toBe(1);
      }),
    );
  });

  it('leaves nothing for a second run, and a sentence within the limit as it is', () => {
    fc.assert(
      fc.property(generated, fc.integer({ min: 3, max: 12 }), (text, maxWords) => {
        for (const one of rewrite(text, maxWords)) expect(rewrite(one, maxWords)).toEqual([one]);
        expect(rewrite(text, countWords(text))).toEqual([text]);
      }),
    );
  });

  it('survives text that is no sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(rewrite(text).length).toBeGreaterThan(0);
      }),
    );
  });
});
