/** A file as it was received. */
export interface StoredFile {
  key: string;
  sha256: string;
  bytes: number;
}

/** Where files are kept. Whoever calls has checked the key. */
export interface FileBackend {
  /** Keeps the file that lies at `path` under its key, whole or not at all. The file at `path` may go or stay. */
  keep(path: string, file: StoredFile): Promise<void>;
  /** Lends a path on this machine for as long as `work` takes. Throws FILE_EXPIRED for a file that is not there. */
  lend<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
  /** Twice is the same as once. */
  remove(key: string): Promise<void>;
  list(): AsyncIterable<{ key: string; modifiedMs: number }>;
  /** Throws UNAVAILABLE with a sentence that names what is wrong. */
  check(): Promise<void>;
}

/** Keys are made here, never by a reader; a stray one must still not leave the folder. */
export const isKey = (name: string): boolean => /^[a-z0-9]+\.pdf$/.test(name);
