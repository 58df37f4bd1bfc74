import { afterEach, beforeEach, expect, vi } from 'vitest';

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

let stopWatching: () => void = () => undefined;
let written: string[] = [];

beforeEach(() => {
  written = [];
  const spies = METHODS.map((method) =>
    vi.spyOn(console, method).mockImplementation((...parts) => {
      written.push(`console.${method}: ${parts.map(String).join(' ')}`);
    }),
  );
  stopWatching = () => {
    for (const spy of spies) spy.mockRestore();
  };
});

afterEach(() => {
  stopWatching();
  expect(written, 'a test writes nothing to the console').toEqual([]);
});
