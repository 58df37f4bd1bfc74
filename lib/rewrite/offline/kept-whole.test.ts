import { describe, expect, it } from 'vitest';
import { rewriteOffline } from './rewrite-offline';

const rewrite = (text: string) =>
  rewriteOffline({ position: 1, kind: 'narration', text }, { maxWords: 4, minWords: 2 }).rewrites;

describe('stays whole where the parts would not say the same:', () => {
  it.each([
    ['the infinitive after another one', 'Elle comptait monter au grenier pour coudre et repasser les chemises.'],
    ['a list before a question', 'Elle plia les draps, les nappes, les rideaux de lin, est-ce que je sais !'],
    [
      'one who does something before his verb',
      'Il poussa la grille, mais celle-ci grinçant trop fort, la retint longtemps.',
    ],
    ['« car » without its verb', 'Tu viendras seule, car toi seule, avec lui, connais bien ce chemin.'],
    ['a quotation without guillemets', 'Il aimait cette chanson de sa nourrice : Avez-vous vu mon chat gris'],
    ['a condition for two', 'Si tu veux, nous louerons une barque et nous pêcherons au large.'],
    [
      'a remark with « vous »',
      'Je me suis rappelé ce nom qu’on me donnait et que j’avais, vous le savez, presque oublié.',
    ],
    ['a remark in the passive past', 'La troupe, on l’a vu, était bien armée et se gardait sévèrement.'],
    ['what « même » compares', 'Il venait de comprendre en même temps qu’égaré par la brume, il tournait en rond.'],
    ['« non… mais »', 'Il changea d’avis, non par peur, car il n’en avait guère, mais par bonté.'],
    ['a colon before a list', 'Prenez un exemple bien simple : voisine curieuse, laissez la porte ouverte.'],
    ['« est-ce que » and who asks', '— Est-ce que, reprit Julie, est-ce que tu dors ?'],
    ['a condition by inversion', '— Vous n’y arriverez pas ainsi, eussiez-vous la force de dix hommes.'],
    ['an aside between dashes', 'Quelquefois, — rarement il est vrai, — avec de la patience, on le calmait.'],
    ['a pronoun set before its clause', '— Vous avez chassé ce garçon hier soir, moi, je le garde ici.'],
    ['who says it', '— Elle a bon cœur, Martin, fit lentement Paul en posant sa pipe.'],
    [
      'what « tout » sums up',
      'Il fit rire par sa voix, car ses gestes, son air, tout, jusqu’à ses gants, avait quelque chose.',
    ],
    ['an order that has one before it', '— Reposez-vous, madame, mangez, je puis attendre dans le couloir.'],
    ['a noun with another verb', 'La tente était pliée, les caisses chargées et la caravane repartait vers le sud.'],
    ['« si… que » in two clauses', 'Il revenait de si loin, la joie était si forte qu’il pleura longtemps.'],
    ['what « comment » opens', 'Je veux bien vous dire comment, dix ans après sa mort, j’entends encore sa voix.'],
    ['an adverbial between commas', 'Tu as dû partir tôt, pour être ici à midi, je vais te servir la soupe.'],
    ['a noun said after « il »', 'Je vais te dire la vérité, moi : on ne t’aime guère.'],
    ['a thing just called by its name', '— J’ai tenu ma promesse, vilaine petite fille !… je l’ai tenue.'],
    ['two modal verbs of one infinitive', '— Oui, je veux, je dois rester dans cette ville de malheur.'],
    ['an object of two verbs', 'Il dispose avec soin et range les plumes dans leur boîte.'],
    [
      'one of several subjects',
      '— Ah ! je crois bien, dirent les vieux, les jeunes gars et les femmes, ça ne fait point de doute !',
    ],
    ['a participle with « que » and « si »', 'Il refusa net, disant que si Bébé voulait des fleurs, il devait partir.'],
    ['who had spoken', '— Le bras n’a rien, avait repris le docteur, penché sur le malade.'],
    ['who made a remark', '— Cette femme ne se plaint de rien, fit remarquer Gaston Morel.'],
    ['who told it', '— La barque n’est jamais revenue, raconta Gaston, les yeux sur la mer.'],
    ['« n’importe »', 'J’ai bien dîné ; mais, n’importe, nous rentrerons à pied.'],
    ['a noun that spells a verb', 'Le notaire relut la lettre ; puis, après un nouvel échange de regards, il sortit.'],
    ['an absolute participle', 'Une branche ayant cassé et atteint le toit, la fenêtre trembla.'],
    ['a town between noun and « qui »', 'Il y en avait une, à Lyon, qui vendait des oiseaux.'],
    ['a question with « qui »', 'Est-ce qu’on devrait garder des valets, qui dorment dans le foin !'],
    ['a condition for two after a comma', 'Si tu veux, nous louerons une barque, nous pêcherons au large.'],
    ['what was remembered', 'Il se rappela, elle avait fermé la porte du jardin.'],
    ['an order with « ne »', '— Je t’en prie, ne me parle jamais de cette lettre.'],
    ['what « on sait que » says', 'On sait bien que la source est dans la grotte, d’où elle descend vers le village.'],
    ['coming and going', 'Le bonhomme, guéri maintenant, allait et venait, ce qui amusait les enfants.'],
    ['a subject after its verb', 'Dès que parut le maire, il ôta son chapeau de paille.'],
    ['infinitives after « et »', 'Il lui apprit à coudre, et à broder, à tricoter, voulut en faire une ouvrière.'],
    [
      'an adjective that spells a verb',
      'Il s’avança vers Jeanne, et, avec ce sourire de bonté câline que prennent les notaires, parla.',
    ],
    [
      'a time that is no subject',
      'Une heure après avoir quitté Lyon, le train, franchissant les ponts, avait traversé la plaine et courait vers la mer.',
    ],
    ['a wish', 'Dès demain j’agirai, et puisse mon exemple être aussi salutaire que je le désire !'],
    [
      'what each of several praised',
      'Les voisines louaient son ordre, les clients sa politesse, les pauvres sa charité.',
    ],
    ['a play', 'J’ai vu autrefois une pièce intitulée le Gamin, où l’on remarque un vieux général.'],
    [
      'a participle before speech',
      'Elle entra plus tôt, et déposant sur le lit le bol de soupe : « Allons, buvez vite, Luc est là.',
    ],
    [
      'a participle before its subject',
      'Il disait les noms des gens qu’il avait vus, et satisfait de lui-même, il mangeait le reste du pain.',
    ],
    [
      'a noun that spells a verb, with another one before',
      'Toute sa rage de la veille, cette furieuse bataille au fond du grand silence de sa chambre, aboutissait maintenant à une immense fatigue.',
    ],
    [
      'a list of reasons',
      'Mais, comme il ne s’y connaissait guère plus en vignes qu’en moulins, qu’il vendait ses bœufs au lieu de les garder, buvait son vin en bouteilles au lieu de le vendre, mangeait les plus belles poules de sa cour et donnait ses pommes aux passants, il ne tarda point à perdre sa ferme.',
    ],
    ['a question by the voice before who asks', '« Vous êtes de Lyon et vous vendez du drap ? lui demanda Gaston.'],
    ['what sums up', 'Peu à peu, ses luttes lui revenaient, cet inutile combat contre le poison dans ses veines.'],
    ['participles that open the clause', 'Saisis tous deux d’une joie enfantine, ils se mirent à danser dans la cour.'],
    ['what a gesture means', 'Le meunier termina par un geste lent qui signifiait : « Je pars demain. »'],
    [
      '« d’autant plus que »',
      'Il faut accepter ; d’autant plus que nous aurions beau crier, nous ne changerions rien.',
    ],
    ['names that explain', 'Le soir, des voisins venaient, Levert qui parlait trop, Paulin que sa femme attendait.'],
    [
      '« comme » before two names',
      'Au même instant, comme Luc et Paulin disparaissaient au fond de la cave, un cri monta.',
    ],
    ['« ça » as an object', 'Le visage de l’homme qui avait fait ça dressait ses cheveux, le glaçait de peur.'],
    [
      'a number said again',
      'L’usine avait embauché sa troupe, près de sept cents ouvriers, qui attendaient dehors sous la pluie froide.',
    ],
  ])('%s', (_, text) => {
    expect(rewrite(text)).toEqual([text]);
  });
});

describe('takes the rest apart where only a part must stay whole:', () => {
  it.each([
    [
      'a cleft reason',
      '— J’ai du chagrin, ma sœur, et c’est précisément parce que tu pars.',
      ['— J’ai du chagrin, ma sœur.', 'C’est précisément parce que tu pars.'],
    ],
    [
      'what « comme » opens after « et »',
      'Il fumait, et comme, dans sa colère, il oubliait le feu, il eut froid.',
      ['Il fumait.', 'Dans sa colère, il oubliait le feu.', 'Alors il eut froid.'],
    ],
    [
      'a remark before brackets',
      '— Il ne viendra pas, j’espère (c’était un vieil ami), et nous dînerons seuls.',
      ['— Il ne viendra pas, j’espère (c’était un vieil ami).', 'Nous dînerons seuls.'],
    ],
    [
      'an adjective after « et »',
      'Elle craignit de les vexer et ajouta de sa voix lente et calme de vieille institutrice.',
      ['Elle craignit de les vexer.', 'Elle ajouta de sa voix lente et calme de vieille institutrice.'],
    ],
    [
      '« toutes les fois que »',
      'La femme du notaire les croquait comme eux ; aussi, toutes les fois que M. Hamel faisait un voyage à la ville, il lui en rapportait.',
      [
        'La femme du notaire les croquait comme eux.',
        'Aussi, toutes les fois que M. Hamel faisait un voyage à la ville, il lui en rapportait.',
      ],
    ],
    [
      'two adjectives before a clause',
      'C’était injuste et trop dur, son orgueil de vieux marin se révoltait.',
      ['C’était injuste et trop dur.', 'Son orgueil de vieux marin se révoltait.'],
    ],
    [
      'an English title',
      'Mr. Folley ferma son livre et regarda longtemps la rue déserte.',
      ['Mr. Folley ferma son livre.', 'Mr. Folley regarda longtemps la rue déserte.'],
    ],
    [
      'somebody called after « mais »',
      '— Il faut partir ; mais, ma bonne amie, je reviendrai demain matin.',
      ['— Il faut partir.', 'Mais, ma bonne amie, je reviendrai demain matin.'],
    ],
    [
      'joined nouns before a subject',
      'Il était à la fois le juge et le témoin, il se parlait tout haut.',
      ['Il était à la fois le juge et le témoin.', 'Il se parlait tout haut.'],
    ],
    [
      'joined adjectives',
      'Elles avaient des rires que tout contente ; la mer leur semblait douce et profonde ainsi qu’elle est l’été, et une voile tombée les égayait.',
      [
        'Elles avaient des rires que tout contente ; la mer leur semblait douce et profonde ainsi qu’elle est l’été.',
        'Une voile tombée les égayait.',
      ],
    ],
    [
      'an absolute participle',
      'Louise étant venue mettre la table, le curé s’arrêta et lui sourit.',
      ['Louise étant venue mettre la table, le curé s’arrêta.', 'Il lui sourit.'],
    ],
    [
      'a subject after « de »',
      'En même temps, toutes les lampes brillèrent… et de larges ombres noires coururent sur le mur.',
      ['En même temps, toutes les lampes brillèrent… et de larges ombres noires coururent sur le mur.'],
    ],
    [
      '« et même »',
      'Il ne parla plus à Suzanne, et même il sortit avant la fin.',
      ['Il ne parla plus à Suzanne.', 'Et même il sortit avant la fin.'],
    ],
    [
      'speech and what introduces it',
      'Il la regarda un long moment : « La mer est belle, nous partirons demain. »',
      ['Il la regarda un long moment.', '« La mer est belle.', 'Nous partirons demain. »'],
    ],
    [
      'speech after a verb of saying',
      'Elle murmura : « La mer est belle, nous partirons demain. »',
      ['Elle murmura : « La mer est belle.', 'Nous partirons demain. »'],
    ],
    [
      'a question in what is said',
      'Elle ferma la grille ; tout à coup il lui prit la main : « Voulez-vous danser ? »',
      ['Elle ferma la grille.', 'Tout à coup il lui prit la main.', '« Voulez-vous danser ? »'],
    ],
    [
      'a question after a colon',
      'Il voulut répondre, puis il haussa les épaules : à quoi bon parler ?',
      ['Il voulut répondre.', 'Puis il haussa les épaules : à quoi bon parler ?'],
    ],
    [
      '« non » and a clause',
      '— Non, je ne sortirai pas ce soir, j’ai les jambes lourdes.',
      ['— Non, je ne sortirai pas ce soir.', 'J’ai les jambes lourdes.'],
    ],
    [
      'a clause after a relative one',
      'Elle suivait la vieille qui filait sa laine, et elle chantait tout bas.',
      ['Elle suivait la vieille qui filait sa laine.', 'Elle chantait tout bas.'],
    ],
  ])('%s', (_, text, sentences) => {
    expect(rewrite(text)).toEqual(sentences);
  });
});
