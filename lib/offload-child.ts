import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { discreet } from '@/lib/discreet-error';
import { isAppError } from '@/lib/errors';
import type { OffloadReply } from '@/lib/offload';

/** The program of an offloader's child: serves one run after another until the parent lets go or dies. */

const NICENESS = 10;
/** Milder, for it counts against everybody on the machine: a third of an equal share is left. */
const SESSION_NICENESS = 5;
const AUTOGROUP = '/proc/self/autogroup';

const [entry = '', , standing] = process.argv.slice(2);
const loaded: Promise<{ run: (input: unknown) => Promise<unknown> }> = import(pathToFileURL(entry).href);

stepBack();

process.on('disconnect', () => process.exit());
// An answer that nobody is left to take (EPIPE): the parent was killed while we worked.
process.on('error', () => process.exit());

process.on('message', async (message: { input: unknown }) => {
  process.send?.(await answer(message.input));
});

async function answer(input: unknown): Promise<OffloadReply> {
  try {
    const { run } = await loaded;
    return { ok: true, output: await run(input) };
  } catch (error) {
    const told = discreet(error);
    const message = told instanceof Error ? told.message : String(told);
    const known = isAppError(error);
    return { ok: false, code: known ? error.code : null, message, fields: known ? error.fields : [] };
  }
}

/**
 * The web process that answers readers, on the same cores, comes first; but work whose time is limited must not starve:
 * this leaves it a tenth of an equal share.
 */
function stepBack(): void {
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  // On Linux a priority is a thread's, and those that compile and collect are there by now; what starts later takes that
  // of this one.
  for (const thread of threads) {
    try {
      setPriority(thread, NICENESS);
    } catch (error) {
      const hasEnded = thread !== 0 && !existsSync(`/proc/self/task/${thread}`);
      if (!hasEnded) throw error;
    }
  }
  if (standing === 'background') void stepBackAsSession();
}

/**
 * So do its database and its engine, before long work. Where Linux groups by session (sched_autogroup), it divides the
 * cores between sessions first, and the priority of a thread counts only within its own. Where a session's cannot be
 * changed, that of the threads has to do.
 */
async function stepBackAsSession(): Promise<void> {
  for (let isOver = !existsSync(AUTOGROUP); !isOver; ) {
    try {
      writeFileSync(AUTOGROUP, String(SESSION_NICENESS));
      isOver = true;
    } catch (error) {
      // Of those without privileges, Linux lets one do so in a tenth of a second.
      isOver = !(error instanceof Error && 'code' in error && error.code === 'EAGAIN');
      await sleep(100 + 200 * Math.random(), undefined, { ref: false });
    }
  }
}
