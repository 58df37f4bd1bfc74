import type { Fault } from '@/e2e/support/fake-gemini';
import { contentAnswer, errorAnswer } from '@/e2e/support/fake-gemini-answers';
import type { FailureKind } from '@/lib/failures';

const detail = (type: string, rest: object) => ({ '@type': `type.googleapis.com/google.rpc.${type}`, ...rest });
const finished = (finishReason: string): Fault => contentAnswer('[]', finishReason, 10);
const OF_DAY = detail('QuotaFailure', {
  violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }],
});

/** What a model does to bring each row about, and what it does instead of the answer. */
export const MODEL_FAULTS: Partial<Record<FailureKind, Fault>> = {
  slowDown: errorAnswer(429, 'RESOURCE_EXHAUSTED'),
  slowDownUntil: errorAnswer(429, 'RESOURCE_EXHAUSTED', [detail('RetryInfo', { retryDelay: '1s' })]),
  quotaOfDaySpent: errorAnswer(429, 'RESOURCE_EXHAUSTED', [OF_DAY, detail('RetryInfo', { retryDelay: '40s' })]),
  billingOff: errorAnswer(400, 'FAILED_PRECONDITION'),
  keyMissing: errorAnswer(401, 'UNAUTHENTICATED'),
  keyForbidden: errorAnswer(403, 'PERMISSION_DENIED'),
  keyUnknown: errorAnswer(400, 'INVALID_ARGUMENT', [detail('ErrorInfo', { reason: 'API_KEY_INVALID' })]),
  requestRefused: errorAnswer(400, 'INVALID_ARGUMENT'),
  requestTooLarge: errorAnswer(413, 'INVALID_ARGUMENT'),
  modelUnknown: errorAnswer(404, 'NOT_FOUND'),
  requestTimedOut: errorAnswer(408, 'CANCELLED'),
  serverError: errorAnswer(500, 'INTERNAL'),
  badGateway: { status: 502, body: '<html>Bad Gateway</html>' },
  overloaded: errorAnswer(503, 'UNAVAILABLE'),
  overloadedUntil: errorAnswer(503, 'UNAVAILABLE', [], { 'retry-after': '1' }),
  gatewayTimedOut: errorAnswer(504, 'DEADLINE_EXCEEDED'),
  connectionReset: 'reset',
  connectionLostMidAnswer: 'cut',
  callTimedOut: 'hang',
  answerNotJson: { status: 200, body: '<html>Welcome to the proxy</html>' },
  answerCutOff: finished('MAX_TOKENS'),
  promptBlocked: { status: 200, body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } } },
  blockedForSafety: finished('SAFETY'),
  blockedForRecitation: finished('RECITATION'),
  blockedAsProhibited: finished('PROHIBITED_CONTENT'),
  blockedByList: finished('BLOCKLIST'),
  blockedForPersonalData: finished('SPII'),
  blockedForLanguage: finished('LANGUAGE'),
  repliesMalformed: contentAnswer('[{"numero": 1', 'STOP', 10),
  noCandidates: { status: 200, body: { candidates: [], usageMetadata: { totalTokenCount: 10 } } },
  endedOtherwise: finished('OTHER'),
  replyFaulty: contentAnswer('[]', 'STOP', 10),
};
