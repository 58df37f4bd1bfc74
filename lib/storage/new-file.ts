import { type FileHandle, open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { ofDisk } from './of-disk';

/** A file that was not there, to be written by its owner. Where the disk fails, so does the stream, with UNAVAILABLE. */
export function newFile(path: string): Writable {
  let file: FileHandle | undefined;
  const begin = async () => {
    file = await open(path, 'wx', 0o600);
  };
  const then = (work: Promise<void> | undefined, done: (error?: Error | null) => void) => {
    ofDisk(Promise.resolve(work)).then(() => done(), done);
  };
  return new Writable({
    construct: (done) => then(begin(), done),
    write: (chunk: Buffer, _encoding, done) => then(file?.writeFile(chunk), done),
    final: (done) => then(file?.close(), done),
    // Closing what is closed does nothing.
    destroy: (error, done) => then(file?.close(), (failed) => done(error ?? failed)),
  });
}
