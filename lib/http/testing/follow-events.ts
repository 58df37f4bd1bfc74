/** Reads a stream of events piece by piece, as a browser does. */
export function follow(response: Response) {
  if (!response.body) throw new Error('the answer has no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  return {
    response,
    stop: () => reader.cancel(),
    /** The next event, or undefined at the end of the stream. */
    async next(): Promise<Record<string, string> | undefined> {
      for (;;) {
        const end = waiting.indexOf('\n\n');
        const block = waiting.slice(0, Math.max(0, end));
        if (end >= 0) waiting = waiting.slice(end + 2);
        const fields = block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2));
        const event: Record<string, string> = Object.fromEntries(fields);
        if (event.event) return event;
        if (end >= 0) continue;
        const { value, done } = await reader.read();
        if (done) return undefined;
        waiting += value;
      }
    },
  };
}

export const jobIn = (event: Record<string, string> | undefined) => JSON.parse(event?.data ?? '{}');
