// Preloaded into an offloader's child, before anything that takes time: when its parent is gone, even by kill -9, it ends.
// Work that blocks the main thread would not notice, so a thread of its own looks. The parent has said who it is: on a busy
// machine it may be gone before the thread begins to look.
import { isMainThread, Worker } from 'node:worker_threads';

const WATCH_PARENT = `
  setInterval(() => process.ppid === ${Number(process.argv[3])} || process.kill(process.pid, 'SIGKILL'), 250);
`;
if (isMainThread) new Worker(WATCH_PARENT, { eval: true, execArgv: [] }).unref();
