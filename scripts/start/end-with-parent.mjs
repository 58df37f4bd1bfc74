// Preloaded into the web app, the engine and a build: when the supervisor dies, even by kill -9, they end, and their children.
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.env.ENDS_WITH_PARENT === '1' && process.channel) {
  // Not for their own children, which come and go.
  delete process.env.ENDS_WITH_PARENT;
  process.channel.unref();
  // 0 is the process group, which the supervisor gave to this process alone.
  process.once('disconnect', () => process.kill(0, 'SIGKILL'));
}
