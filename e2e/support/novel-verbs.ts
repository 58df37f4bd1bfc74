export interface Verb {
  infinitive: string;
  /** Third persons, singular and plural. */
  past: [string, string];
  imperfect: [string, string];
  conditional: [string, string];
  /** After « en ». */
  gerund: string;
  participle: string;
  /** Compound tenses by « être »; the participle agrees with the subject. */
  withEtre: boolean;
  reflexive: boolean;
}

const REFLEXIVE = /^(?:se |s’)/u;
const WITH_ETRE = new Set(
  'entrer monter descendre tomber arriver rester venir revenir partir repartir mourir passer'.split(' '),
);

function build(
  name: string,
  stems: { past: [string, string]; imperfect: string; future: string; participle: string },
): Verb {
  const reflexive = REFLEXIVE.test(name);
  const infinitive = name.replace(REFLEXIVE, '');
  return {
    infinitive,
    past: stems.past,
    imperfect: [`${stems.imperfect}ait`, `${stems.imperfect}aient`],
    conditional: [`${stems.future}ait`, `${stems.future}aient`],
    gerund: `${stems.imperfect}ant`,
    participle: stems.participle,
    withEtre: reflexive || WITH_ETRE.has(infinitive),
    reflexive,
  };
}

/** First group; the stem before « a » softens (« mangea », « commença »). */
function firstGroup(name: string, future?: string): Verb {
  const infinitive = name.replace(REFLEXIVE, '');
  const root = infinitive.slice(0, -2);
  const soft = root.replace(/g$/u, 'ge').replace(/c$/u, 'ç');
  return build(name, {
    past: [`${soft}a`, `${root}èrent`],
    imperfect: soft,
    future: future ?? infinitive,
    participle: `${root}é`,
  });
}

function secondGroup(name: string): Verb {
  const infinitive = name.replace(REFLEXIVE, '');
  const stem = infinitive.slice(0, -1);
  return build(name, {
    past: [`${stem}t`, `${stem}rent`],
    imperfect: `${stem}ss`,
    future: infinitive,
    participle: stem,
  });
}

/** « prendre pri pren prendr pris »: name, stem of the simple past, of the imperfect, of the future, past participle. */
function thirdGroup(entry: string): Verb {
  const [name = '', past = '', imperfect = '', future = '', participle = ''] = entry.trim().split(/\s+/);
  const verb = build(name.replace('_', ' '), { past: [`${past}t`, `${past}rent`], imperfect, future, participle });
  return name === 'savoir' ? { ...verb, gerund: 'sachant' } : verb;
}

const FIRST =
  `poser ramasser cacher examiner chercher retrouver emporter oublier montrer apporter garder contempler déposer serrer renverser
  rapporter regarder saluer interroger écouter observer remercier consoler inviter quitter accompagner éviter aimer admirer embrasser
  traverser gagner longer contourner regagner visiter marcher entrer monter rester demeurer passer arriver errer avouer raconter redouter
  deviner éprouver regretter mesurer ignorer refuser tenter hésiter commencer penser murmurer demander trouver remarquer
  jurer déclarer imaginer tomber redoubler cesser tourner souffler hurler briller reculer flotter trembler gronder craquer sonner
  sembler pleurer soupirer chanter parler trouver briser allumer dessiner voler accuser protéger menacer
  approuver refermer`.split(/\s+/);
const REFLEXIVES = [
  's’arrêter',
  's’avancer',
  'se diriger',
  'se cacher',
  's’éloigner',
  's’approcher',
  'se glisser',
  'se pencher',
  's’installer',
  'se retourner',
  's’imaginer',
];
const FIRST_BY_FUTURE = [
  ['acheter', 'achèter'],
  ['recommencer', 'recommencer'],
  ['se promener', 'promèner'],
  ['emmener', 'emmèner'],
  ['essuyer', 'essuier'],
  ['se lever', 'lèver'],
  ['espérer', 'espérer'],
] as const;
const SECOND = [
  'saisir',
  'trahir',
  'finir',
  'gémir',
  'pâlir',
  'rougir',
  'réfléchir',
  'choisir',
  'obéir',
  'avertir',
  'choisir',
  'se blottir',
];
const THIRD = `prendre pri pren prendr pris
  tenir tin ten tiendr tenu
  perdre perdi perd perdr perdu
  vendre vendi vend vendr vendu
  recevoir reçu recev recevr reçu
  attendre attendi attend attendr attendu
  suivre suivi suiv suivr suivi
  rejoindre rejoigni rejoign rejoindr rejoint
  reconnaître reconnu reconnaiss reconnaîtr reconnu
  surprendre surpri surpren surprendr surpris
  prévenir prévin préven préviendr prévenu
  craindre craigni craign craindr craint
  plaindre plaigni plaign plaindr plaint
  croire cru croy croir cru
  atteindre atteigni atteign atteindr atteint
  parcourir parcouru parcour parcourr parcouru
  apercevoir aperçu apercev apercevr aperçu
  voir vi voy verr vu
  connaître connu connaiss connaîtr connu
  descendre descendi descend descendr descendu
  courir couru cour courr couru
  revenir revin reven reviendr revenu
  venir vin ven viendr venu
  partir parti part partir parti
  s’asseoir assi assey assiér assis
  s’endormir endormi endorm endormir endormi
  dormir dormi dorm dormir dormi
  disparaître disparu disparaiss disparaîtr disparu
  comprendre compri compren comprendr compris
  sentir senti sent sentir senti
  pressentir pressenti pressent pressentir pressenti
  vouloir voulu voul voudr voulu
  pouvoir pu pouv pourr pu
  devoir du dev devr dû
  savoir su sav saur su
  dire di dis dir dit
  répondre répondi répond répondr répondu
  écrire écrivi écriv écrir écrit
  lire lu lis lir lu
  ouvrir ouvri ouvr ouvrir ouvert
  rire ri ri rir ri
  sourire souri souri sourir souri
  mourir mouru mour mourr mort
  fondre fondi fond fondr fondu
  se_taire tu tais tair tu
  paraître paru paraiss paraîtr paru
  être fu ét ser été
  avoir eu av aur eu
  maintenir maintin mainten maintiendr maintenu
  boire bu buv boir bu
  faire fi fais fer fait
  mettre mi mett mettr mis
  promettre promi promett promettr promis
  apprendre appri appren apprendr appris
  conduire conduisi conduis conduir conduit
  rendre rendi rend rendr rendu
  défendre défendi défend défendr défendu
  entendre entendi entend entendr entendu`.split('\n');

const VERBS = new Map<string, Verb>(
  [
    ...FIRST.map((name) => firstGroup(name)),
    ...REFLEXIVES.map((name) => firstGroup(name)),
    ...FIRST_BY_FUTURE.map(([name, future]) => firstGroup(name, future)),
    ...SECOND.map(secondGroup),
    ...THIRD.map(thirdGroup),
  ].map((verb) => [verb.reflexive ? `se ${verb.infinitive}` : verb.infinitive, verb]),
);

/** Reflexive verbs are asked for as « se … » whatever follows (« se arrêter »). */
export function verbNamed(name: string): Verb {
  const verb = VERBS.get(name);
  if (!verb) throw new Error(`The novel maker does not know the verb « ${name} ».`);
  return verb;
}
