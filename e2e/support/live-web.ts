import { createServer } from 'node:http';
import { streamJob } from '@/lib/http/stream-job';
import { getJob } from '@/lib/jobs/queries';
import { listen } from './listen';

/** A process that serves GET /<user>/<job>, and its /events, on PORT; there to be killed while somebody listens. */
const server = createServer(async ({ url = '', headers }, response) => {
  const [, userId = '', jobId = '', events] = url.split('/');
  if (events === undefined) {
    const { job, version } = await getJob(userId, jobId);
    const isKnown = headers['if-none-match'] === `"${version}"`;
    response.writeHead(isKnown ? 304 : 200, { etag: `"${version}"`, 'content-type': 'application/json' });
    response.end(isKnown ? '' : JSON.stringify(job));
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const seen = headers['last-event-id'];
  const asked = new Headers(typeof seen === 'string' ? [['last-event-id', seen]] : []);
  const answer = await streamJob(
    new Request(`http://localhost${url}`, { headers: asked, signal: gone.signal }),
    userId,
    jobId,
    async () => true,
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const piece of answer.body ?? []) response.write(piece);
  response.end();
});

listen(server, Number(process.env.PORT)).then(({ port }) => process.send?.({ port }));
