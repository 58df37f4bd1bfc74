import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

const METHOD = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b/gm;
const REEXPORTS = /^export \{|^export \* /m;
/** What is answered where nothing is served. */
const FALLBACK = '/api/v1/[[...path]]';
/** Handlers of libraries, with doors and tests of their own. */
const FOREIGN = ['/api/auth/[...nextauth]', '/api/inngest'];

interface Context {
  params: Promise<Record<string, string>>;
}
export type Handler = (request: Request, context: Context) => Promise<Response> | Response;

export interface ServedRoute {
  /** « GET /api/v1/jobs/[jobId] » */
  name: string;
  method: string;
  /** « /api/v1/jobs/[jobId] » */
  path: string;
  handler: Handler;
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export const handlersOf = async (path: string): Promise<Record<string, Handler>> =>
  import(join(process.cwd(), `app${path}/route.ts`));

/** Every handler that Next serves under /api, as it stands in the tree. */
export async function servedRoutes(): Promise<ServedRoute[]> {
  const routes: ServedRoute[] = [];
  for await (const file of glob('app/api/**/route.ts')) {
    const path = file.slice('app'.length, -'/route.ts'.length);
    if (path === FALLBACK || FOREIGN.includes(path)) continue;
    const source = readFileSync(file, 'utf8');
    if (REEXPORTS.test(source))
      throw new Error(`${file}: say each method by « export const », so that it can be found`);
    const handlers = await handlersOf(path);
    for (const [, method = ''] of source.matchAll(METHOD)) {
      const handler = handlers[method];
      if (handler) routes.push({ name: `${method} ${path}`, method, path, handler });
    }
  }
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}
