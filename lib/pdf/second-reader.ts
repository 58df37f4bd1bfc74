import { join } from 'node:path';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { TextPage } from '@/lib/french/novel-text';

/** What the thread is asked: to read along, whatever pages nobody has taken. */
export interface SharedReading {
  bytes: Uint8Array;
  taken: Int32Array;
}

/** With the port on which its pages are awaited, and no others. */
export type AskedReading = SharedReading & { answer: MessagePort };

let thread: Worker | undefined;

/**
 * The pages that a second thread takes and reads. What it takes and cannot give (pdfium trapped, say) is not among them:
 * the first reader reads it again, and meets the error where it gets its type.
 */
export function readAlong(reading: SharedReading): Promise<TextPage[]> {
  const reader = startedThread();
  const { port1: pages, port2: answer } = new MessageChannel();
  return new Promise((resolve) => {
    const finish = (read: TextPage[]) => {
      reader.off('exit', onExit);
      pages.close();
      resolve(read);
    };
    const onExit = () => finish([]);
    reader.on('exit', onExit);
    pages.on('message', finish);
    reader.postMessage({ ...reading, answer } satisfies AskedReading, [answer]);
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
