import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';

/** What is answered where nothing is served. */
const FALLBACK = '/api/[[...path]]';
/** Handlers of libraries: they run where Next does, and have a story of their own. */
const FOREIGN = ['/api/auth/[...nextauth]', '/api/inngest'];
/** The methods that a path has only to say that it has them not. */
const OTHERS = /^export const \{([^}]*)\} = otherMethods\(/m;

interface Context {
  params: Promise<Record<string, string | string[]>>;
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

/** Every handler in the tree, however it is exported. */
export async function everyRoute(): Promise<ServedRoute[]> {
  const routes: ServedRoute[] = [];
  for await (const file of glob('app/**/route.*')) {
    const path = file.slice('app'.length, -'/route.ts'.length);
    const handlers = await handlersOf(path);
    const others =
      OTHERS.exec(readFileSync(file, 'utf8'))?.[1]
        ?.split(',')
        .map((method) => method.trim()) ?? [];
    for (const method of [...METHODS, 'HEAD']) {
      const handler = handlers[method];
      if (handler && !others.includes(method)) routes.push({ name: `${method} ${path}`, method, path, handler });
    }
  }
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const isForeign = ({ path }: ServedRoute): boolean => FOREIGN.includes(path);

/** Those that our API has a name for. */
export const servedRoutes = async (): Promise<ServedRoute[]> =>
  (await everyRoute()).filter((route) => route.path !== FALLBACK && !isForeign(route));
