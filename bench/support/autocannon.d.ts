/** What we use of it; it comes without types. */
declare module 'autocannon' {
  interface Result {
    /** Answers a second. */
    requests: { average: number; total: number };
    latency: { p50: number; p97_5: number; p99: number };
    statusCodeStats: Record<string, { count: number }>;
    errors: number;
  }
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    headers: Record<string, string>;
  }): Promise<Result>;
}
