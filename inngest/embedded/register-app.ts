import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import { clockMs } from './clock';
import { type Db, json, type Sql, transact } from './database';
import { type FunctionConfig, parseFunctionConfig, RefusedConfig } from './function-config';

const Registration = z.object({
  url: z.url({ protocol: /^https?$/ }),
  appName: z.string().min(1),
  functions: z.array(z.unknown()).max(1000),
});

export interface RegisteredFunction {
  slug: string;
  config: FunctionConfig;
}

function readConfig(config: unknown): FunctionConfig[] {
  try {
    return [parseFunctionConfig(config)];
  } catch (error) {
    // Stored by another version: it is registered anew, or not at all, and holds up no other until then.
    if (error instanceof RefusedConfig) return [];
    throw error;
  }
}

/** The functions that may start. */
export async function listFunctions(db: Db): Promise<RegisteredFunction[]> {
  const rows = await db<{ slug: string; config: unknown }[]>`select slug, config from functions where active`;
  return rows.flatMap(({ slug, config }) => readConfig(config).map((read) => ({ slug, config: read })));
}

export function nextTick(cron: string, after = new Date(clockMs())): Date {
  const [, tz, expression = cron] = /^TZ=(\S+)\s+(.*)$/.exec(cron) ?? [];
  return CronExpressionParser.parse(expression, { currentDate: after, ...(tz && { tz }) })
    .next()
    .toDate();
}

function cronsOf(config: FunctionConfig): { id: string; fn: string; cron: string; due_at: Date }[] {
  return config.triggers.flatMap(({ cron }) => {
    if (!cron) return [];
    try {
      return [{ id: `${config.id}:cron:${cron}`, fn: config.id, cron, due_at: nextTick(cron) }];
    } catch (cause) {
      throw new RefusedConfig(`The function ${config.id} has a cron expression that cannot be read: ${cron}.`, {
        cause,
      });
    }
  });
}

/** Stores what an app can do, and archives what it no longer can. Answers whether anything changed. */
export async function registerApp(sql: Sql, body: unknown): Promise<boolean> {
  const registration = Registration.safeParse(body);
  if (!registration.success) throw new RefusedConfig('The registration lacks url, appName or functions.');
  const { url, appName, functions } = registration.data;
  const configs = functions.map(parseFunctionConfig);
  const crons = configs.flatMap(cronsOf);
  const rows = functions.map((config, index) => ({ slug: configs[index]?.id, app: appName, url, config }));
  return transact(sql, async (tx) => {
    const changed = await tx`
      insert into functions (slug, app, url, config)
      select slug, app, url, config from json_populate_recordset(null::functions, ${json(rows)}::text::json)
      order by slug
      on conflict (slug) do update
        set app = excluded.app, url = excluded.url, config = excluded.config, active = true, registered_at = now()
        where functions.config::text <> excluded.config::text or functions.url <> excluded.url or not functions.active
      returning slug`;
    const archived = await tx`
      update functions set active = false
      where app = ${appName} and active and slug <> all(${configs.map(({ id }) => id)}) returning slug`;
    await tx`
      delete from timers where kind = 'cron' and id <> all(${crons.map(({ id }) => id)})
        and fn in (select slug from functions where app = ${appName})`;
    await tx`
      insert into timers (id, kind, fn, cron, due_at)
      select id, 'cron', fn, cron, due_at from json_populate_recordset(null::timers, ${json(crons)}::text::json)
      on conflict (id) do nothing`;
    return changed.length + archived.length > 0;
  });
}
