import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  answerPrompt,
  beyondLimitAnswer,
  errorAnswer,
  type FakeAnswer,
  keyRefusedAnswer,
  type Prompt,
  readPrompt,
} from './fake-gemini-answers';
import { type CallLimit, createCallLimiter } from './fake-gemini-limit';
import { createSentinelMemory } from './fake-gemini-sentinels';

interface FakeCall {
  /** Epoch milliseconds; `endedAt` is absent while the call is under way. */
  startedAt: number;
  endedAt?: number;
  model: string;
  /** The numbers of the sentences asked for, in order. */
  numbers: number[];
  /** Those asked for again, with reasons. */
  repeated: number[];
  /** What stands before and after them, to be read only. */
  context: [string, string];
  /** HTTP status answered; absent when none was. */
  status?: number;
  /** The client went away before the answer. */
  aborted: boolean;
}

export interface FakeGemini {
  /** What GEMINI_BASE_URL takes. */
  url: string;
  /** Every call so far, oldest first. */
  calls: FakeCall[];
  setLatency(latencyMs: number): void;
  /** Answers 429 to what goes beyond it; undefined lifts it. */
  setLimit(limit: CallLimit | undefined): void;
  /** Asked at every call whether to misbehave; undefined lifts it. */
  setFaults(faults: Faults | undefined): void;
  /** Nobody is there, or somebody is again. */
  setListening(isListening: boolean): Promise<void>;
  /** Forgets the calls and which passing faults have happened. */
  reset(): void;
  close(): Promise<void>;
}

/** An answer in place of the true one, or none: gone at once, gone in the middle of the answer, never. */
export type Fault = FakeAnswer | 'reset' | 'cut' | 'hang';
type Faults = () => Fault | undefined;

interface FakeGeminiOptions {
  port?: number;
  latencyMs?: number;
  /** How often a passing sentinel strikes in one sentence. */
  passingTimes?: number;
  limit?: CallLimit;
}

/** The only keys it does not take. */
export const REFUSED_KEY = 'refused-key';
export const FORBIDDEN_KEY = 'forbidden-key';

const GENERATE = /^\/v1beta\/models\/([^/:]+):generateContent$/;
const SLOWNESS = 5;

/** A server on 127.0.0.1 that speaks `generateContent` to the real SDK; same questions, same answers. */
export async function startFakeGemini(options: FakeGeminiOptions = {}): Promise<FakeGemini> {
  const memory = createSentinelMemory(options.passingTimes ?? 1);
  const calls: FakeCall[] = [];
  let latencyMs = options.latencyMs ?? 0;
  let takeToken = createCallLimiter(options.limit);
  let faults: Faults | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = Date.now();
    const model = GENERATE.exec(request.url ?? '')?.[1];
    const body = await readBody(request);
    if (model === undefined || request.method !== 'POST') return send(response, errorAnswer(404, 'NOT_FOUND'));
    const refusal = refuseKey(request.headers['x-goog-api-key']);
    if (refusal) return send(response, refusal);
    const question = readPrompt(body);
    if (!question) return send(response, errorAnswer(400, 'INVALID_ARGUMENT'));

    const call = recordCall(model, question.prompt, startedAt);
    calls.push(call);
    const gone = new AbortController();
    response.once('close', () => {
      call.endedAt = Date.now();
      call.aborted = !response.writableFinished;
      gone.abort();
    });
    const retryAfterMs = takeToken();
    if (retryAfterMs !== undefined) {
      call.status = 429;
      return send(response, beyondLimitAnswer(retryAfterMs));
    }
    const fault = faults?.();
    if (fault) return misbehave(fault, call, response);
    const slow = question.prompt.phrases.some(({ phrase }) => phrase.includes('SentinelleLente'));
    const reply = answerPrompt(question.prompt, question.promptTokens, memory);
    // A call takes as long as it is said to: what the fake itself needs for it is part of that.
    const dueAt = startedAt + (slow ? latencyMs * SLOWNESS : latencyMs);
    await waitUnlessGone(Math.max(0, dueAt - Date.now()), gone.signal);
    if (gone.signal.aborted) return;
    call.status = reply.status;
    send(response, reply);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    setLatency: (next) => {
      latencyMs = next;
    },
    setLimit: (limit) => {
      takeToken = createCallLimiter(limit);
    },
    setFaults: (next) => {
      faults = next;
    },
    reset: () => {
      faults = undefined;
      calls.length = 0;
      memory.forget();
    },
    setListening: async (isListening) => {
      if (isListening) await listen(server, port);
      else await close(server);
    },
    close: () => close(server),
  };
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });

function refuseKey(key: string | string[] | undefined): FakeAnswer | undefined {
  if (key === undefined || key === FORBIDDEN_KEY) return errorAnswer(403, 'PERMISSION_DENIED');
  return key === REFUSED_KEY ? keyRefusedAnswer() : undefined;
}

const recordCall = (model: string, { phrases, avant, apres }: Prompt, startedAt: number): FakeCall => ({
  startedAt,
  model,
  numbers: phrases.map(({ numero }) => numero),
  repeated: phrases.filter(({ defauts }) => defauts).map(({ numero }) => numero),
  context: [avant, apres],
  aborted: false,
});

function misbehave(fault: Fault, call: FakeCall, response: ServerResponse) {
  if (fault === 'hang') return;
  if (fault === 'reset') return response.destroy();
  if (fault === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"candidates":[', () => response.destroy());
    return;
  }
  call.status = fault.status;
  send(response, fault);
}

function send(response: ServerResponse, { status, headers, body }: FakeAnswer) {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** Resolves early when the client goes away. */
const waitUnlessGone = (delayMs: number, signal: AbortSignal): Promise<void> =>
  sleep(delayMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('The fake has no TCP port'));
    });
  });
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '9000' }, latency: { type: 'string', default: '0' } },
  });
  const fake = await startFakeGemini({ port: Number(values.port), latencyMs: Number(values.latency) });
  process.stdout.write(`GEMINI_BASE_URL=${fake.url}\n`);
}
