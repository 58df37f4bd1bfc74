const set = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const DETERMINERS = set(
  "le la les l' un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs " +
    'quelque quelques chaque plusieurs aucun aucune nul nulle quel quelle quels quelles certains certaines ' +
    'deux trois quatre cinq six sept huit neuf dix onze douze treize quinze vingt trente quarante cinquante cent mille tout toute tous toutes',
);
export const PREPOSITIONS = set(
  "à de d' dans en sur sous par pour avec sans chez vers contre entre parmi depuis pendant durant dès après avant derrière devant " +
    "malgré selon sauf hors outre jusque jusqu' envers excepté lors voire via",
);
/** They open a dependent clause; « si » and « comme » also have other uses. */
export const SUBORDINATORS = set(
  "que qu' quand lorsque lorsqu' si comme puisque puisqu' quoique quoiqu' pourquoi combien",
);
export const RELATIVES = set(
  'qui dont où lequel laquelle lesquels lesquelles duquel desquels desquelles auquel auxquels auxquelles quoi',
);
export const COORDINATORS = set('et ou mais or ni car donc puis');
export const NEGATIONS = set('pas point jamais rien guère personne plus nullement aucunement');

/** Pronouns that can only be the subject of the verb that follows. */
export const SUBJECTS = set("je j' tu il ils on");
/** Subjects before a verb, something else elsewhere. */
export const WEAK_SUBJECTS = set("elle elles nous vous ce c' cela ça ceci");
/** Pronouns that only stand before a verb, finite or not. */
export const CLITICS = set("me m' te t' se s' y");
/** Object pronouns before a verb, determiners or prepositions before a noun. */
export const WEAK_CLITICS = set("le la les l' leur lui en nous vous");

export const ADVERBS = set(
  'très trop bien mal aussi ainsi alors enfin déjà encore toujours souvent parfois ensuite aussitôt bientôt tantôt ' +
    'tout presque peu beaucoup moins assez tant tellement ici là hier demain maintenant soudain puis ' +
    "d'abord aujourd'hui longtemps vite tôt tard ailleurs partout peut-être cependant pourtant toutefois néanmoins même seulement non oui " +
    'parce tandis surtout davantage autant dedans dehors dessus dessous désormais jadis naguère autrefois quelquefois là-bas là-haut fort',
);

/** Spelled like a verb form, but something else unless a subject or clitic stands before them. */
export const RARELY_VERBS = set(
  'entre contre sous vers sens point plus puis outre excepté tout monde table rue place face cause ombre forme suite fois ' +
    'as mens mine avions portes bout pas car bien mal sommes tu nue nues vue ville manière matin voix',
);

/** Spelled like a noun, but a verb more often than not where both could stand. */
export const USUALLY_VERBS = set(
  'reste demeure passe tombe monte pense parle montre marche garde semble cesse commence fait dit',
);

/** They announce the noun that follows. */
export const ADJECTIVES_BEFORE_NOUN = set(
  'même dernier dernière derniers dernières premier première premiers premières petit petite petits petites grand grande grands grandes ' +
    'bon bonne bons bonnes autre autres beau bel belle beaux belles vieux vieil vieille vieilles jeune jeunes nouveau nouvelle nouveaux ' +
    'nouvelles long longue longs longues gros grosse grosses haut haute hauts hautes seul seule seuls seules pauvre pauvres mauvais mauvaise joli jolie seconde second',
);

/** After these a form of « être » is still one: « Quel est… », « Tous deux sont… ». */
export const DETERMINERS_BEFORE_BE = set('quel quelle quels quelles tous toutes tout deux trois');
