/** One figure of a bench. A bench is a file `bench/<name>.ts` that exports `run(): Promise<Measurement[]>`. */
export interface Measurement {
  what: string;
  value: number;
  /** `ms`, `s`, `MB`, `%`, … */
  unit: string;
  /** The figure to reach; `atMost` unless more is better. */
  goal?: { atMost: number } | { atLeast: number };
}
