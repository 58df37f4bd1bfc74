export type Gender = 'masculine' | 'feminine';

const MASCULINE_DETERMINERS = /^(?:le|un|du|au|ce|cet|aucun|nul|tout|certain|quel)$/u;
const FEMININE_DETERMINERS = /^(?:la|une|ma|ta|sa|cette|aucune|nulle|toute|certaine|quelle)$/u;
const POSSESSIVES = /^(?:mon|ton|son)$/u;
const STARTS_WITH_VOWEL = /^[aâàeéèêëiîïoôœuûhy]/u;

const MASCULINE = new Set(
  (
    'homme ami oncle air arbre an œil yeux amour argent hôtel escalier or oiseau été hiver automne ' +
    'ouvrier officier étranger avocat abbé évêque ours âne animal habit esprit instant espoir hasard honneur orage orgueil ordre ' +
    'os appel endroit étage événement effort œuf jour soir matin mot pas bras pied bois corps temps doigt cheveu cheval chien chat ' +
    'mur toit lit feu champ chemin village père frère fils mari garçon roi maître monsieur messieurs soldat marin paysan voisin ' +
    'mineur gendarme médecin curé maire regard cœur dos genou silence geste bruit cri coup'
  ).split(' '),
);
const FEMININE = new Set(
  (
    'femme fille mère sœur eau heure école église ombre âme histoire herbe auberge aube amie affaire usine odeur horreur ' +
    'ardeur épouse oreille épaule image étoile île main dent peau nuit mort mer fin faim soif voix fois croix part maison chambre porte ' +
    'fenêtre table rue route lampe jambe tête bouche lèvre joue larme vache poule bête pierre feuille dame demoiselle servante ' +
    'voiture lettre parole chose vie fleur couleur douleur peur lueur sueur chaleur vapeur foule famille ville vitre vague roue'
  ).split(' '),
);
const FEMININE_ENDING = /(?:[st]ion|té|ure|ance|ence|ette|elle|esse|ée|ie|ade|tude|euse|trice|ière|aine|ille|ise)$/u;
const MASCULINE_ENDING = /(?:ment|age|eau|isme|oir|ier|teur|al|ail|ard|ant|in|et|oin|ois|ais)$/u;
const UNSURE =
  /^(?:image|page|rage|cage|plage|nage|eau|peau|dent|jument|fin|main|faim|enfant|élève|côté|été|comté|pâté|traité|génie|incendie|musée|lycée|mois|murmure|augure|mercure|parjure|squelette|camarade|stade|grade|capitaine|domaine|cimetière|trophée|scarabée|parapluie|gorille|silence|modèle|vermicelle|libelle|rebelle|malade|jade|cigare|verre|tonnerre|beurre|forêt|soif|clef|nef|nuit)$/u;

function guessFromNoun(noun: string): Gender | undefined {
  const singular = noun.length > 3 ? noun.replace(/s$/u, '').replace(/eaux$/u, 'eau') : noun;
  if (MASCULINE.has(noun) || MASCULINE.has(singular)) return 'masculine';
  if (FEMININE.has(noun) || FEMININE.has(singular)) return 'feminine';
  if (UNSURE.test(singular)) return undefined;
  if (FEMININE_ENDING.test(singular)) return 'feminine';
  return MASCULINE_ENDING.test(singular) ? 'masculine' : undefined;
}

/** From the determiner where it tells, else from the noun; undefined when unsure. */
export function genderOf(determiner: string | undefined, noun: string): Gender | undefined {
  if (determiner !== undefined) {
    if (MASCULINE_DETERMINERS.test(determiner)) return 'masculine';
    if (FEMININE_DETERMINERS.test(determiner)) return 'feminine';
    if (POSSESSIVES.test(determiner) && !STARTS_WITH_VOWEL.test(noun)) return 'masculine';
  }
  return guessFromNoun(noun);
}
