import type { z } from 'zod';
import { EnvVariables } from './env-variables';

export type Env = z.infer<typeof EnvVariables>;

/** Variables that mean something only together. */
const TOGETHER = [
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
] as const;

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

export const isLoopback = (host: string): boolean => LOOPBACK_HOSTS.includes(host);

class EnvError extends Error {
  override readonly name = 'EnvError';
}

/** The configuration in `record`; an empty value counts as unset. Throws EnvError, which names variables, never values. */
export function parseEnv(record: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && value !== ''));
  const wrong = new Map<string, string>();
  for (const group of TOGETHER) {
    if (!group.some((name) => name in set)) continue;
    for (const name of group) {
      if (!(name in set)) wrong.set(name, `must be set together with ${group.filter((n) => n !== name).join(', ')}`);
    }
  }
  const parsed = EnvVariables.safeParse(set);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    wrong.set(name, `must be ${expectedOf(name)}`);
  }
  if (parsed.success) {
    const { HOST, NEXTAUTH_SECRET, JOB_SOFT_TIMEOUT_MINUTES, JOB_HARD_TIMEOUT_MINUTES } = parsed.data;
    if (NEXTAUTH_SECRET === undefined && !isLoopback(HOST)) {
      wrong.set('NEXTAUTH_SECRET', 'must be set when HOST is not a loopback address');
    }
    if (JOB_SOFT_TIMEOUT_MINUTES >= JOB_HARD_TIMEOUT_MINUTES) {
      wrong.set('JOB_SOFT_TIMEOUT_MINUTES', `must be ${expectedOf('JOB_SOFT_TIMEOUT_MINUTES')}`);
    }
    if (wrong.size === 0) return parsed.data;
  }
  const lines = [...wrong].map(([name, problem]) => `  ${name} ${problem}`);
  throw new EnvError(`The configuration is not valid:\n${lines.join('\n')}`);
}

let parsedEnv: Env | undefined;

/** The configuration of this process, read once. */
export function env(): Env {
  parsedEnv ??= parseEnv(process.env);
  return parsedEnv;
}

function expectedOf(name: string): string {
  const variables: Record<string, z.ZodType> = EnvVariables.shape;
  return String(variables[name]?.meta()?.expected);
}
