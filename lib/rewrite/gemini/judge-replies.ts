import { checkReplies } from '@/lib/rewrite/check-replies';
import type { LongSentence, Rewrite, RewriteMethod, RewriteSettings, SentenceFlag } from '@/lib/rewrite/engine';
import type { ModelReply } from './prompt';

/** Flags that tell the reader something without being a fault of the rewrite. */
type Label = Extract<SentenceFlag, 'nominal' | 'fell_back_to_offline' | 'blocked_by_model'>;
type Fault = Exclude<SentenceFlag, Label> | 'missing' | 'doubled' | 'empty' | 'unchecked';

/** Every fault is asked for again once, with its reason; a tolerable one is then accepted and shown to the reader. */
const FAULTS: Record<Fault, { tolerable: boolean; reason: string }> = {
  over_limit: { tolerable: true, reason: 'Une de tes phrases dépasse mots_maximum.' },
  bad_capital_or_mark: {
    tolerable: true,
    reason: 'Une phrase ne commence pas par une majuscule ou ne finit pas bien.',
  },
  no_finite_verb: { tolerable: false, reason: 'Une phrase n’a pas de verbe conjugué.' },
  not_french: { tolerable: false, reason: 'La réponse n’est pas en français.' },
  name_missing: { tolerable: false, reason: 'Un nom propre de l’auteur manque.' },
  number_missing: { tolerable: false, reason: 'Un nombre de l’auteur manque.' },
  negation_missing: { tolerable: false, reason: 'Une négation de l’auteur manque.' },
  content_missing: { tolerable: false, reason: 'Des mots importants de l’auteur manquent.' },
  name_added: { tolerable: false, reason: 'Un nom propre qui n’est pas dans la phrase a été ajouté.' },
  copy_of_neighbour: { tolerable: false, reason: 'La réponse reprend une phrase voisine.' },
  missing: { tolerable: false, reason: 'Ce numéro manquait dans la réponse.' },
  doubled: { tolerable: false, reason: 'Ce numéro paraissait plusieurs fois dans la réponse.' },
  empty: { tolerable: false, reason: 'La réponse était vide.' },
  unchecked: { tolerable: false, reason: 'La réponse n’a pas pu être vérifiée.' },
};

/** A sentence that is not settled yet. */
export interface OpenSentence {
  sentence: LongSentence;
  neighbours: string[];
  /** Why the answer before was not accepted, in words for the model. */
  reasons: string[];
  /** The best answer so far, if it can be lived with. */
  tolerable?: Rewrite;
}

interface Judgement {
  accepted: Rewrite[];
  open: OpenSentence[];
}

/** Matches replies to sentences by number, checks them, and says which settle a sentence. Unknown numbers are ignored. */
export async function judgeReplies(
  asked: OpenSentence[],
  replies: ModelReply[],
  method: RewriteMethod,
  settings: RewriteSettings,
): Promise<Judgement> {
  const byNumber = Map.groupBy(replies, ({ numero }) => numero);
  const judgement: Judgement = { accepted: [], open: [] };
  const settle = (one: OpenSentence, faults: Fault[], rewrite?: Rewrite) => {
    const tolerable = faults.every((fault) => FAULTS[fault].tolerable) ? rewrite : one.tolerable;
    if (rewrite && faults.length === 0) judgement.accepted.push(rewrite);
    else if (tolerable && method !== 'gemini') judgement.accepted.push(tolerable);
    else judgement.open.push({ ...one, reasons: faults.map((fault) => FAULTS[fault].reason), tolerable });
  };

  const readable: { one: OpenSentence; rewrites: string[] }[] = [];
  for (const one of asked) {
    const reply = readReply(byNumber.get(one.sentence.position));
    if (typeof reply === 'string') settle(one, [reply]);
    else readable.push({ one, rewrites: reply });
  }
  // Without the signal: an answer that is paid for is stored and counted even when the work is cancelled meanwhile.
  const checked = await checkReplies(
    readable.map(({ one, rewrites }) => ({ original: one.sentence, rewrites, neighbours: one.neighbours })),
    settings,
  );
  for (const [index, { one, rewrites }] of readable.entries()) {
    const flags = checked[index] ?? 'unchecked';
    if (flags === 'unchecked') settle(one, [flags]);
    else settle(one, flags.filter(isFault), toRewrite(one.sentence, rewrites, method, flags));
  }
  return judgement;
}

function readReply(replies: ModelReply[] = []): string[] | Fault {
  const [reply, ...others] = replies;
  if (!reply) return 'missing';
  if (others.length > 0) return 'doubled';
  const rewrites = reply.phrases.map(tidy).filter((phrase) => phrase !== '');
  return rewrites.length > 0 ? rewrites : 'empty';
}

/** The no-break spaces of French typography stay. */
const tidy = (phrase: string): string =>
  phrase
    .normalize('NFC')
    .replace(/[ \t\r\n]{2,}|[\t\r\n]/g, ' ')
    .trim();

const isFault = (flag: SentenceFlag): flag is Exclude<SentenceFlag, Label> => flag in FAULTS;

function toRewrite({ position, text }: LongSentence, rewrites: string[], method: RewriteMethod, flags: SentenceFlag[]) {
  const unchanged = rewrites.length === 1 && rewrites[0] === text;
  return {
    position,
    status: unchanged ? 'kept' : 'rewritten',
    rewrites,
    method: unchanged ? 'kept' : method,
    flags,
  } satisfies Rewrite;
}
