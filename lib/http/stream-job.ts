import { isAppError } from '@/lib/errors';
import { lookTogether } from '@/lib/jobs/look-together';
import { getJob, type VersionedJob } from '@/lib/jobs/queries';
import { isTerminal } from '@/lib/jobs/status';
import { onAccessChange, onJobChange } from '@/lib/jobs/watch-jobs';
import { log } from '@/lib/log';
import { openStream } from './open-streams';

const HEARTBEAT_MS = 15_000;
/** Changes closer together than this become one event. */
const GATHER_MS = 200;
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

/**
 * The job as server-sent events: `event: job`, `id:` its version, `data:` the same object as GET /jobs/:id.
 * A reader who comes back with Last-Event-ID gets the present state unless that is what they have. Ends with the job, or
 * when whoever opened it may not stay; that is asked whenever a key or session of theirs ends, and at each heartbeat.
 * Throws RATE_LIMITED when too many are open.
 */
export async function streamJob(
  request: Request,
  userId: string,
  jobId: string,
  mayStay: () => Promise<boolean>,
): Promise<Response> {
  const first = await getJob(userId, jobId);
  // Nobody would read it, and Next tells nobody so.
  if (request.method === 'HEAD' || request.signal.aborted) return new Response(null, { headers: HEADERS });
  const hadVersion = Number(request.headers.get('last-event-id') ?? 0) || 0;
  const live = new LiveJob(userId, jobId, hadVersion, mayStay, openStream(userId));
  request.signal.addEventListener('abort', live.close, { once: true });
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => live.start(controller, first),
    cancel: live.abandon,
  });
  return new Response(body, { headers: HEADERS });
}

const encoder = new TextEncoder();

class LiveJob {
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private unwatch: (() => void) | undefined;
  private isClosed = false;
  /** Not since the watch began, before which a key may have ended unheard. */
  private askedAt = 0;

  constructor(
    private readonly userId: string,
    private readonly jobId: string,
    private sentVersion: number,
    private readonly mayStay: () => Promise<boolean>,
    private readonly leave: () => void,
  ) {}

  async start(controller: ReadableStreamDefaultController<Uint8Array>, first: VersionedJob) {
    this.controller = controller;
    const unwatch = await this.watch().catch((error: unknown) => {
      // The stream fails with it.
      this.abandon();
      throw error;
    });
    if (this.isClosed) return unwatch();
    this.unwatch = unwatch;
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS);
    this.write('retry: 2000\n\n');
    this.send(first);
    // What changed between the first look and the watch.
    await this.look();
  }

  private async watch() {
    const ofJob = onJobChange(this.jobId, (now) => {
      // The end is told at once: nothing comes after it.
      if (now && isTerminal(now.status)) void this.look();
      else this.timer ??= setTimeout(() => void this.look(), GATHER_MS);
    });
    const ofAccess = onAccessChange(this.userId, () => {
      this.askedAt = 0;
      void this.ask();
    });
    const stops = await Promise.all([ofJob, ofAccess]);
    return () => {
      for (const stop of stops) stop();
    };
  }

  readonly close = () => {
    if (this.isClosed) return;
    this.isClosed = true;
    this.leave();
    clearInterval(this.heartbeat);
    clearTimeout(this.timer);
    this.unwatch?.();
    this.controller?.close();
  };

  /** The reader cancelled: their stream is closed already. */
  readonly abandon = () => {
    this.controller = undefined;
    this.close();
  };

  private async ask() {
    await this.isAllowed().catch((error: unknown) => {
      // It is asked again before anything is said.
      log.warn({ err: error }, 'could not ask whether a reader of live events may stay');
    });
  }

  private async beat() {
    await this.ask();
    this.write(': still here\n\n');
  }

  private async isAllowed(): Promise<boolean> {
    const askedAt = Date.now();
    if (!(await this.mayStay())) this.close();
    this.askedAt = askedAt;
    return !this.isClosed;
  }

  private async look() {
    this.timer = undefined;
    if (this.isClosed) return;
    try {
      const seen = await lookTogether(this.userId, this.jobId);
      const isLate = Date.now() - this.askedAt > HEARTBEAT_MS;
      if (isLate && !(await this.isAllowed())) return;
      this.send(seen);
    } catch (error) {
      if (isAppError(error, 'NOT_FOUND')) this.write('event: gone\ndata: {}\n\n');
      else log.error({ err: error }, 'live events stopped');
      this.close();
    }
  }

  private send({ job, version }: VersionedJob) {
    if (version > this.sentVersion) {
      this.write(`id: ${version}\nevent: job\ndata: ${JSON.stringify(job)}\n\n`);
      this.sentVersion = version;
    }
    if (isTerminal(job.status)) this.close();
  }

  private write(text: string) {
    if (!this.isClosed) this.controller?.enqueue(encoder.encode(text));
  }
}
