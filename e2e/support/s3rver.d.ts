declare module '@20minutes/s3rver' {
  import type { Server } from 'node:http';

  /** An S3 server of one account, S3RVER with the secret S3RVER, on the files of a folder. */
  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      configureBuckets: { name: string }[];
    });
    httpServer: Server;
    middleware: ((context: { app: object; path: string }, next: () => Promise<void>) => Promise<void>)[];
    run(): Promise<{ address: string; port: number }>;
    close(): Promise<void>;
  }
}
