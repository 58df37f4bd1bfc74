export type Gender = 'm' | 'f';

export interface Noun {
  word: string;
  gender: Gender;
}

export interface Adjective {
  m: string;
  f: string;
  before: boolean;
}

type List<T> = readonly [T, ...T[]];

const words = (text: string): string[] => text.trim().split(/[\s,]+/);

function listOf<T>(items: T[]): List<T> {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('A list of words is empty.');
  return [first, ...rest];
}

/** « table:f verre:m »; spaces inside an entry are written « _ ». */
const nouns = (text: string): List<Noun> =>
  listOf(
    words(text).map((entry) => {
      const [word = '', gender] = entry.split(':');
      return { word: word.replaceAll('_', ' '), gender: gender === 'f' ? 'f' : 'm' };
    }),
  );

/** « grand/grande », or one form for both. */
const adjectives = (text: string, before: boolean): Adjective[] =>
  words(text).map((entry) => {
    const [m = '', f = m] = entry.split('/');
    return { m, f, before };
  });

const phrases = (text: string): List<string> =>
  listOf(
    text
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );

export const THINGS = nouns(`
  lettre:f clef:f lampe:f montre:f valise:f couteau:m bougie:f manteau:m chapeau:m bouteille:f verre:m assiette:f livre:m
  cahier:m carnet:m portrait:m miroir:m coffret:m panier:m tabatière:f lanterne:f couverture:f châle:m écharpe:f parapluie:m
  bague:f collier:m médaille:f boussole:f carte:f journal:m registre:m plume:f encrier:m fusil:m hache:f corde:f filet:m
  rame:f seau:m cruche:f marmite:f pendule:f horloge:f statuette:f boîte:f bourse:f pièce:f billet:m contrat:m testament:m
  violon:m partition:f bouquet:m ruban:m mouchoir:m gant:m bâton:m sac:m tabouret:m fauteuil:m paravent:m dossier:m
  photographie:f gravure:f enveloppe:f paquet:m coupe:f chandelier:m
  malle:f ombrelle:f bottine:f galoche:f soufflet:m tisonnier:m chenet:m bassine:f louche:f passoire:f saladier:m carafe:f
  tonnelet:m rabot:m marteau:m tenaille:f serpe:f faucille:f brouette:f harnais:m étrier:m cravache:f sextant:m ancre:f
  pipe:f canne:f lorgnon:m éventail:m épingle:f dentelle:f tablier:m sabot:m quittance:f reçu:m almanach:m dictionnaire:m
  aquarelle:f pinceau:m flûte:f tambour:m échiquier:m toupie:f poupée:f berceau:m oreiller:m édredon:m`);

export const PEOPLE = nouns(`
  docteur:m servante:f notaire:m facteur:m veuve:f meunier:m instituteur:m institutrice:f pêcheur:m gardien:m gardienne:f
  cuisinière:f jardinier:m curé:m capitaine:m matelot:m passeur:m bûcheron:m couturière:f marchand:m marchande:f juge:m
  avocat:m aubergiste:m cocher:m berger:m bergère:f forgeron:m boulanger:m boulangère:f tailleur:m libraire:m pharmacien:m
  comtesse:f baron:m neveu:m nièce:f cousin:m cousine:f voisin:m voisine:f fermier:m fermière:f infirmière:f lieutenant:m
  brigadier:m sacristain:m colporteur:m orpheline:f apprenti:m étranger:m étrangère:f vagabond:m
  maire:m greffier:m huissier:m rentier:m rentière:f nourrice:f lingère:f blanchisseuse:f ouvreuse:f chanteuse:f
  comédien:m comédienne:f peintre:m sculpteur:m organiste:m abbé:m religieuse:f ermite:m braconnier:m rémouleur:m vigneron:m
  tonnelier:m charretier:m palefrenier:m précepteur:m gouvernante:f ingénieur:m géomètre:m armateur:m douanier:m`);

export const GROUPS = nouns(`
  enfant:m voisin:m ouvrier:m pêcheur:m soldat:m invité:m domestique:m villageois:m voyageur:m musicien:m paysan:m
  gendarme:m sœur:f frère:m cousin:m femme:f ancien:m marin:m porteur:m créancier:m héritier:m`);

export const PLACES = nouns(`
  cour:f jardin:m verger:m grenier:m cave:f cuisine:f salon:m bibliothèque:f chambre:f couloir:m escalier:m vestibule:m
  grange:f moulin:m étable:f chapelle:f église:f cimetière:m place:f marché:m port:m quai:m phare:m plage:f falaise:f
  forêt:f bois:m clairière:f vallée:f colline:f plaine:f étang:m rivière:f pont:m gué:m route:f sentier:m ruelle:f faubourg:m
  auberge:f gare:f boutique:f atelier:m école:f mairie:f préfecture:f hôpital:m prison:f château:m terrasse:f parc:m village:m
  carrefour:m tonnelle:f lande:f dune:f île:f ferme:f
  pressoir:m buanderie:f office:m antichambre:f galerie:f véranda:f serre:f potager:m allée:f avenue:f boulevard:m
  esplanade:f passerelle:f écluse:f canal:m marais:m torrent:m ravin:m plateau:m sommet:m hameau:m bourg:m presbytère:m
  couvent:m caserne:f tribunal:m théâtre:m café:m librairie:f pharmacie:f lavoir:m fontaine:f`);

export const IDEAS = nouns(`
  chagrin:m colère:f espoir:m honte:f jalousie:f pitié:f remords:m inquiétude:f fatigue:f orgueil:m tendresse:f rancune:f
  solitude:f secret:m mensonge:m vérité:f promesse:f trahison:f départ:m retour:m silence:m absence:f souvenir:m danger:m
  malheur:m bonheur:m vieillesse:f enfance:f pauvreté:f fortune:f amitié:f méfiance:f curiosité:f ennui:m courage:m faiblesse:f
  patience:f injustice:f erreur:f scandale:m projet:m mariage:m procès:m voyage:m
  gratitude:f mélancolie:f modestie:f lâcheté:f bonté:f insolence:f loyauté:f négligence:f ambition:f ruine:f défaite:f
  victoire:f querelle:f réconciliation:f aveu:m serment:m désir:m dédain:m repentir:m scrupule:m soupçon:m pressentiment:m
  complot:m héritage:m exil:m deuil:m repos:m vertige:m étonnement:m embarras:m`);

/** What the sky and the house do by themselves: the subject and its verbs. */
export const NATURE: List<{ noun: Noun; verbs: List<string> }> = [
  { noun: { word: 'pluie', gender: 'f' }, verbs: ['tomber', 'redoubler', 'cesser', 'recommencer'] },
  { noun: { word: 'vent', gender: 'm' }, verbs: ['tourner', 'redoubler', 'souffler', 'hurler', 'tomber'] },
  { noun: { word: 'neige', gender: 'f' }, verbs: ['tomber', 'fondre', 'cesser', 'briller'] },
  { noun: { word: 'brume', gender: 'f' }, verbs: ['monter', 'reculer', 'flotter', 'disparaître'] },
  { noun: { word: 'soleil', gender: 'm' }, verbs: ['briller', 'disparaître', 'trembler', 'descendre'] },
  { noun: { word: 'lune', gender: 'f' }, verbs: ['briller', 'monter', 'disparaître'] },
  { noun: { word: 'orage', gender: 'm' }, verbs: ['gronder', 'redoubler', 'reculer', 'cesser'] },
  { noun: { word: 'mer', gender: 'f' }, verbs: ['gronder', 'monter', 'briller', 'reculer'] },
  { noun: { word: 'feu', gender: 'm' }, verbs: ['craquer', 'briller', 'mourir', 'trembler'] },
  { noun: { word: 'cloche', gender: 'f' }, verbs: ['sonner', 'trembler', 'recommencer'] },
  { noun: { word: 'plancher', gender: 'm' }, verbs: ['craquer', 'gémir', 'trembler'] },
  { noun: { word: 'foule', gender: 'f' }, verbs: ['hurler', 'reculer', 'gronder', 'rire'] },
  { noun: { word: 'chien', gender: 'm' }, verbs: ['gémir', 'hurler', 'reculer', 'dormir', 'gronder'] },
  { noun: { word: 'nuit', gender: 'f' }, verbs: ['tomber', 'descendre', 'finir'] },
];

export const ADJECTIVES: List<Adjective> = listOf([
  ...adjectives('petit/petite grand/grande vieux/vieille gros/grosse long/longue étrange autre', true),
  ...adjectives(
    `noir/noire blanc/blanche gris/grise rouge vert/verte sombre clair/claire froid/froide humide
    oublié/oubliée abandonné/abandonnée précieux/précieuse inutile lourd/lourde léger/légère mystérieux/mystérieuse ancien/ancienne
    étroit/étroite immense tranquille fragile poussiéreux/poussiéreuse usé/usée magnifique modeste immobile obscur/obscure`,
    false,
  ),
]);

export const TEMPERS: List<Adjective> = listOf([
  ...adjectives('vieux/vieille jeune pauvre brave petit/petite gros/grosse', true),
  ...adjectives(
    `inquiet/inquiète fier/fière timide malade triste patient/patiente jaloux/jalouse prudent/prudente bavard/bavarde pâle las/lasse
    furieux/furieuse distrait/distraite fidèle curieux/curieuse taciturne généreux/généreuse têtu/têtue maladroit/maladroite honnête
    muet/muette rêveur/rêveuse méfiant/méfiante silencieux/silencieuse tranquille`,
    false,
  ),
]);

export const DEPTHS: List<Adjective> = listOf(
  adjectives(
    `profond/profonde secret/secrète ancien/ancienne terrible soudain/soudaine inutile immense sincère inavouable cruel/cruelle
    tranquille obscur/obscure amer/amère singulier/singulière muet/muette prochain/prochaine véritable`,
    false,
  ),
);

/** After « sembler », said of places. */
export const SHUT: List<Adjective> = listOf(
  adjectives(
    'désert/déserte sombre humide silencieux/silencieuse abandonné/abandonnée immense tranquille vide froid/froide triste',
    false,
  ),
);

export const WOMEN = listOf(
  words(
    'Madeleine Jeanne Hortense Adèle Noémie Sidonie Valentine Eugénie Louise Clémence Marthe Rosalie Thérèse Blanche Colette Pauline Victoire Solange Berthe Lucie',
  ),
);
export const MEN = listOf(
  words(
    'Julien Étienne Anatole Octave Edmond Laurent Bastien Martin Gaspard Rémi Mathieu Simon Jérôme Firmin Lucien Tristan Baptiste Germain Théodore Raoul',
  ),
);
export const FAMILIES = listOf(
  words(
    'Larrieu Vasseur Montcourt Delestang Péronnet Carlier Roquebert Tavernay Lambercy Fauconnet Grandval Vernois Bellanger Chaumard',
  ),
);

export const ADVERBS = phrases(`lentement
  doucement
  brusquement
  sans bruit
  à voix basse
  avec prudence
  de nouveau
  en silence
  pour la première fois
  malgré la fatigue
  sans se retourner
  d’un pas rapide
  avec une joie mal cachée
  une dernière fois
  comme autrefois
  jusqu’au soir
  à son tour
  d’un air distrait
  sans trop y croire
  par habitude
  à la hâte
  en plein jour
  sans rien dire à personne
  avec une patience infinie
  pendant une heure
  à contrecœur`);

export const OPENERS = phrases(`le lendemain
  ce soir-là
  ce matin-là
  au bout d’une heure
  peu après minuit
  à la tombée du jour
  vers la fin de l’hiver
  depuis la mort de son père
  au même instant
  quelques jours plus tard
  au commencement de l’automne
  un dimanche de juin
  contre toute attente
  par bonheur
  à vrai dire
  malgré le froid
  d’ordinaire
  pendant la nuit
  à l’aube
  l’année suivante
  au milieu du repas
  dès le premier jour
  faute de mieux
  un peu plus loin
  cette année-là
  à la fin du mois
  la veille de Noël
  au retour du printemps
  sur le coup de midi
  d’une semaine à l’autre
  à cette nouvelle`);

export const TITLES = phrases(`La Maison du passeur
  Les Héritiers de l’étang
  Le Registre perdu
  Une saison à Montcourt
  La Dernière Lanterne
  Les Voisins du moulin`);
