import fc from 'fast-check';
import { makeNovel } from '@/e2e/support/novel-maker';
import { listOperations, readApiDocument } from './api-document';
import { answerChecker, learn } from './check-answer';
import { requestsTo, toRequest } from './fuzz-requests';
import type { Known } from './fuzz-values';

interface FuzzOptions {
  baseUrl: string;
  send: (request: Request) => Promise<Response>;
  /** Of « reader », « somebody else » and « somebody who leaves ». */
  tokens: Record<string, string | undefined>;
  /** What must never be seen in an answer. */
  secrets: string[];
  requests: number;
  seed: number;
  /** What there is to ask about before the first answer. */
  known?: Known;
}

export interface FuzzResult {
  /** How often each operation gave each status. */
  statuses: Map<string, Map<number, number>>;
}

/**
 * Sends requests that the OpenAPI document suggests, good and bad, and holds every answer against it. Throws with the
 * smallest request that shows a fault.
 */
export async function fuzzApi({
  baseUrl,
  send,
  tokens,
  secrets,
  requests,
  seed,
  known = new Map(),
}: FuzzOptions): Promise<FuzzResult> {
  const document = readApiDocument();
  const check = answerChecker(document, secrets);
  const { pdf } = await makeNovel({ seed: 11, pages: 1 });
  const statuses: FuzzResult['statuses'] = new Map();
  const operations = listOperations(document).map((operation) => ({
    // What is removed cannot be asked about.
    weight: operation.method === 'DELETE' ? 1 : 4,
    arbitrary: requestsTo(document, operation),
  }));
  await fc.assert(
    fc.asyncProperty(fc.oneof(...operations), async (fuzzed) => {
      const { operation } = fuzzed;
      const answer = await send(toRequest(baseUrl, fuzzed, known, tokens, pdf));
      const { status, json } = await check(operation, answer);
      learn(document, operation, json, known);
      const counts = statuses.get(operation.operationId) ?? new Map<number, number>();
      statuses.set(operation.operationId, counts.set(status, (counts.get(status) ?? 0) + 1));
    }),
    { numRuns: requests, seed, endOnFailure: false },
  );
  return { statuses };
}
