import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Secrets = z.object({
  NEXTAUTH_SECRET: z.string().min(32),
  INNGEST_SIGNING_KEY: z.string().startsWith('signkey-'),
  INNGEST_EVENT_KEY: z.string().min(32),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of this machine, made at its first start and readable by its owner only. */
export function readOrCreateSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  if (!existsSync(path)) {
    const secrets: Secrets = {
      NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
      INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString('hex')}`,
      INNGEST_EVENT_KEY: randomBytes(32).toString('hex'),
    };
    writeFileSync(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600, flush: true });
    renameSync(`${path}.new`, path);
  }
  return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
}
