import { capitalise } from './clause';

/** A sentence as what opens it, what it says, and what closes it. */
export interface SentenceFrame {
  /** « — », « « »… with their spaces. */
  opening: string;
  body: string;
  /** The final mark with the space before it: « . », « \u202f! ». */
  mark: string;
  /** What closes after the mark. */
  closing: string;
}

const FRAME = /^([\s«“"‘(—–-]*)([\s\S]*?)(\s*[.!?…,;:]*)([\s»”"’)\]]*)$/u;

export function toFrame(text: string): SentenceFrame {
  const [, opening = '', body = '', mark = '', closing = ''] = FRAME.exec(text) ?? [];
  return { opening, body, mark, closing };
}

const ASKS =
  /^(?:qui|que|qu['’]|quoi|quel(?:le)?s?|où|quand|comment|pourquoi|combien)(?!\p{L})|-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce)(?!\p{L})/iu;

function marksFor(bodies: string[], mark: string): string[] {
  if (!mark.includes('?')) return bodies.map((_, i) => (i === bodies.length - 1 ? mark : '.'));
  const asks = bodies.map((body) => ASKS.test(body));
  const isByTone = !asks.some(Boolean);
  return bodies.map((_, i) => (i === bodies.length - 1 || isByTone || asks[i] ? mark : '.'));
}

/** The sentences that the bodies make: capitals, marks, and what opened and closed the original. */
export function fillFrame({ opening, mark, closing }: SentenceFrame, bodies: string[]): string[] {
  const marks = marksFor(bodies, mark);
  return bodies.map((body, i) => {
    const isLast = i === bodies.length - 1;
    const text = i === 0 ? opening + body : capitalise(body);
    // A quotation brings its own final mark.
    const end = !isLast && /[.!?…]\s*[»”"’)]*$/u.test(text) ? '' : marks[i];
    return text + end + (isLast ? closing : '');
  });
}
