import { capitalise, toClause } from './clause';

/** A sentence as what opens it, what it says, and what closes it. */
export interface SentenceFrame {
  /** « — », « « »… with their spaces; « Il murmura : « » too, when all that follows is said. */
  opening: string;
  body: string;
  /** The final mark with the space before it: « . », « \u202f! ». */
  mark: string;
  /** What closes after the mark. */
  closing: string;
}

const FRAME = /^([\s«“"‘(—–-]*)([\s\S]*?)(\s*[.!?…,;:]*)([\s»”"’)\]]*)$/u;

/** A few words up to the guillemet that opens a quotation, when none other opens or closes after it. */
const INTRODUCES_SPEECH = /^(?:[^«»;:\s]+\s+){1,7}:\s*«\s*(?=[^«»]*$)/u;

/** The frames in which a sentence may be seen; the second leaves the words that introduce a quotation with what it begins with. */
export function framesOf(text: string): SentenceFrame[] {
  const [, opening = '', body = '', mark = '', closing = ''] = FRAME.exec(text) ?? [];
  const [intro] = closing.includes('»') ? (INTRODUCES_SPEECH.exec(body) ?? []) : [];
  const plain = { opening, body, mark, closing };
  return intro === undefined
    ? [plain]
    : [plain, { ...plain, opening: opening + intro, body: body.slice(intro.length) }];
}

const LEAD = '(?:(?:et|mais|alors|or|puis|donc|eh bien|ah|oh)[\\s,!]+)*';
const PREPOSITION = "(?:(?:à|de|d[’']|par|pour|avec|en|sur|dans|chez|depuis|jusqu[’'])\\s*)?";
const ASKS = new RegExp(
  `^${LEAD}${PREPOSITION}(?:qui|que|qu[’']|quoi|quel(?:le)?s?|où|quand|comment|pourquoi|combien|lequel|laquelle|est-ce)(?!\\p{L})`,
  'iu',
);
const ENCLITIC_SUBJECT = /^-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)$/u;
/** After these the subject follows the verb and nothing is asked. */
const INVERTS = /^(?:peut-être|aussi|sans|ainsi|encore|toujours|à|du)$/u;

/** Whether the words ask by themselves, not by the voice alone. */
function asks(body: string): boolean {
  if (ASKS.test(body)) return true;
  const { words, verbs } = toClause(body);
  const first = words.find(({ isWord }) => isWord);
  return (
    !INVERTS.test(first?.form ?? '') &&
    verbs.some(({ at, role }) => role === 'main' && ENCLITIC_SUBJECT.test(words[at + 1]?.form ?? ''))
  );
}

const opensInverted = (body: string): boolean => {
  const { words } = toClause(body);
  const first = words.findIndex(({ isWord }) => isWord);
  return words[first]?.tag === 'verb' && /^-(?:t-)?(?:je|tu|ils?|elles?|on|ce)$/u.test(words[first + 1]?.form ?? '');
};

/** The mark of each body; undefined when it is not certain which of them ask. */
function marksFor(bodies: string[], mark: string): string[] | undefined {
  const last = bodies.length - 1;
  // « peut-être avais-je tort et venait-il » asks nothing, « Venait-il » would
  if (!mark.includes('?') && bodies.some((body, i) => i > 0 && opensInverted(body))) return undefined;
  if (!mark.includes('?')) return bodies.map((_, i) => (i === last ? mark : '.'));
  // « … ; il cria : « Viens-tu ? » »: the mark is that of the quotation
  if (bodies[last]?.includes('«')) return bodies.map((_, i) => (i === last ? mark : '.'));
  // « Il hésita : à quoi bon ? »
  const asking = bodies.map((body) => asks(body) || asks(body.slice(body.lastIndexOf(':') + 1).trimStart()));
  return asking[last] ? asking.map((asked) => (asked ? mark : '.')) : undefined;
}

/** The sentences that the bodies make: capitals, marks, and what opened and closed the original; undefined when it is uncertain which ask. */
export function fillFrame({ opening, mark, closing }: SentenceFrame, bodies: string[]): string[] | undefined {
  const marks = marksFor(bodies, mark);
  if (marks === undefined) return undefined;
  return bodies.map((body, i) => {
    const isLast = i === bodies.length - 1;
    const text = i === 0 ? opening + body : capitalise(body);
    // A quotation brings its own final mark.
    const end = !isLast && /[.!?…]\s*[»”"’)]*$/u.test(text) ? '' : marks[i];
    return text + end + (isLast ? closing : '');
  });
}
