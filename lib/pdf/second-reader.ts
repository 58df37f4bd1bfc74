import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TextPage } from '@/lib/french/novel-text';

/** What the thread is asked: to read along, whatever pages nobody has taken. */
export interface SharedReading {
  bytes: Uint8Array;
  taken: Int32Array;
}

let thread: Worker | undefined;

/** Starts the thread, so that it is ready when a long novel comes. */
export const expectSecondReader = () => startedThread();

/**
 * The pages that a second thread takes and reads. What it takes and cannot give (pdfium trapped, say) is not among them:
 * the first reader reads it again, and meets the error where it gets its type.
 */
export function readAlong(reading: SharedReading): Promise<TextPage[]> {
  const reader = startedThread();
  return new Promise((resolve) => {
    const finish = (pages: TextPage[]) => {
      reader.off('message', finish).off('exit', onExit).unref();
      resolve(pages);
    };
    const onExit = () => finish([]);
    reader.on('message', finish).on('exit', onExit).ref();
    reader.postMessage(reading);
  });
}

function startedThread(): Worker {
  if (thread) return thread;
  const started = new Worker(join(process.cwd(), 'lib/pdf/second-reader-worker.ts'), {
    execArgv: ['--import', 'tsx'],
  });
  const forget = () => {
    if (thread === started) thread = undefined;
  };
  // An error ends the thread; its exit is what a reading waits for.
  started.on('error', forget).on('exit', forget).unref();
  thread = started;
  return started;
}
