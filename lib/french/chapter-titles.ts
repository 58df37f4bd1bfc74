const PARTS = 'partie|livre|chapitre|épisode|tome|volume|acte|scène|chant|cahier|journée|veillée|nuit|lettre';
const ORDINALS =
  'premi[eè]re?|deuxième|seconde?|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième|' +
  'onzième|douzième|derni[eè]re?|[ivxlc]+e|\\d{1,3}e';
const NUMBERS =
  `${ORDINALS}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|` +
  'dix-sept|dix-huit|dix-neuf|vingt(?:[- ]et[- ]un|-\\p{L}+)?|trente|[ivxlc]+|\\d{1,3}';
const ALONE =
  'prologue|épilogue|préface|postface|introduction|conclusion|avant-propos|avertissement|prélude|intermède|' +
  'au lecteur|note de l’auteur|remerciements';

const BARE_NUMBER = /^(?:[IVXLC]{1,7}|\d{1,3})[.)]?$/u;
const NAMED = new RegExp(
  `^(?:(?:${PARTS})\\s+(?:${NUMBERS})|(?:${ORDINALS})\\s+(?:${PARTS})|${ALONE})(?!\\p{L})(?<rest>.*)$`,
  'iu',
);
/** What may come between « Chapitre II » and its title. */
const SEPARATOR = /^\s*[.:;—–-]\s*/u;
/** The old way to tell what a chapter holds: « Où l’on revoit le phare », « Dans lequel … », « Comment … ». */
const TELLS =
  /^(?:Où(?!\s*,|\s+qu[e’'])|(?:Dans|Pendant|Par|Sur|Après|Avec) (?:le|la|les)quel(?:le)?s?|Comment)(?!\p{L})/iu;

/** « XII », « 3. » */
export const isChapterNumber = (text: string) => BARE_NUMBER.test(text.trim());

/** « XII », « Chapitre premier », « DEUXIÈME PARTIE », « Épilogue », and nothing behind it. */
export const isBareDivision = (text: string) => isChapterNumber(text) || /^[.:)]?$/u.test(restOf(text) ?? '-');

/** The same, or with its title behind: « Chapitre II — Le phare ». */
export function isDivision(text: string): boolean {
  const rest = restOf(text);
  return isBareDivision(text) || (rest !== undefined && SEPARATOR.test(rest));
}

function restOf(text: string): string | undefined {
  return NAMED.exec(text.trim().replace("'", '’'))?.groups?.rest?.trim();
}

export const tellsOfChapter = (text: string) => TELLS.test(text) && !/[?!]/u.test(text);

/** In capitals alone. */
export const isInCapitals = (text: string) => /\p{Lu}.*\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text);
