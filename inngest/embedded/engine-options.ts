/** `fields` never hold the data of an event or a step. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void;

export interface EngineOptions {
  databaseUrl: string;
  /** 0 for any free port. */
  port: number;
  /** Hexadecimal, with or without a `signkey-…-` prefix. Needed unless `dev`. */
  signingKey?: string | undefined;
  eventKey?: string | undefined;
  /** Neither signs nor asks for signatures. */
  dev?: boolean | undefined;
  /** A fixed wait between attempts, instead of Inngest's table. */
  retryIntervalMs?: number | undefined;
  /** How long work belongs to an engine that no longer says it is alive. */
  leaseMs?: number | undefined;
  /** Requests to apps at the same time. */
  maxRequests?: number | undefined;
  /** How long ended runs can be looked up; never shorter than the 24 h in which an event id counts as seen. */
  retentionMs?: number | undefined;
  schema?: string | undefined;
  log?: Log | undefined;
}
