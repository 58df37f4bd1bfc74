import { describe, expect, test } from 'vitest';
import { parseEnv } from './env';
import { EnvVariables } from './env-variables';

const SECRET = 'a'.repeat(32);

describe('parseEnv', () => {
  test('an empty environment is a complete configuration', () => {
    expect(parseEnv({})).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', DATA_DIR: '.data', MAX_PAGES: 1000 });
  });

  test('an empty value counts as unset', () => {
    expect(parseEnv({ DATABASE_URL: '', PORT: '' })).toMatchObject({ PORT: 3000 });
  });

  test('numbers, lists and addresses are read', () => {
    const env = parseEnv({
      PORT: '8080',
      ADMIN_EMAILS: 'One@example.org, two@example.org',
      DATABASE_URL: 'postgresql://u:p@db.example.org/novels',
      INNGEST_DEV: '1',
    });
    expect(env.PORT).toBe(8080);
    expect(env.ADMIN_EMAILS).toEqual(['one@example.org', 'two@example.org']);
    expect(env.DATABASE_URL).toBe('postgresql://u:p@db.example.org/novels');
    expect(env.INNGEST_DEV).toBe('1');
  });

  test.each([
    ['PORT', 'http', 'a port number'],
    ['DATABASE_URL', 'mysql://localhost/x', 'a postgres:// address'],
    ['MAX_UPLOAD_MB', '0', 'a whole number of megabytes'],
    ['MAX_PAGES', '12.5', 'a whole number of pages'],
    ['ASYNC_PROCESSING_PERCENT', '101', 'a whole number from 0 to 100'],
    ['ADMIN_EMAILS', 'somebody', 'e-mail addresses'],
    ['INNGEST_DEV', 'yes please', '1 or an http(s) address'],
    ['NEXTAUTH_SECRET', 'short', 'at least 32 characters'],
  ])('a wrong %s is named with what is expected, and its value is kept out', (name, value, expected) => {
    expect(() => parseEnv({ [name]: value })).toThrow(`${name} must be ${expected}`);
    expect(() => parseEnv({ [name]: value })).not.toThrow(value === '0' ? `${name} 0` : value);
  });

  test('every wrong variable is named at once', () => {
    const read = () => parseEnv({ PORT: 'x', MAX_PAGES: 'y', GOOGLE_CLIENT_ID: 'id' });
    for (const name of ['PORT', 'MAX_PAGES', 'GOOGLE_CLIENT_SECRET']) expect(read).toThrow(name);
  });

  test('half of a pair is refused', () => {
    expect(() => parseEnv({ S3_BUCKET: 'novels' })).toThrow(/S3_ENDPOINT must be set together with S3_BUCKET/);
    expect(() => parseEnv({ UPSTASH_REDIS_REST_TOKEN: 't' })).toThrow('UPSTASH_REDIS_REST_URL');
  });

  test('only a configured secret lets the app listen beyond loopback', () => {
    expect(() => parseEnv({ HOST: '0.0.0.0' })).toThrow('NEXTAUTH_SECRET must be set');
    expect(parseEnv({ HOST: '0.0.0.0', NEXTAUTH_SECRET: SECRET }).HOST).toBe('0.0.0.0');
    expect(parseEnv({ HOST: 'localhost' }).HOST).toBe('localhost');
  });

  test('the soft time limit comes before the hard one', () => {
    expect(() => parseEnv({ JOB_SOFT_TIMEOUT_MINUTES: '30' })).toThrow('JOB_SOFT_TIMEOUT_MINUTES must be');
  });
});

test('every variable is documented', () => {
  for (const [name, schema] of Object.entries(EnvVariables.shape)) {
    expect(schema.meta(), name).toMatchObject({
      group: expect.any(String),
      description: expect.any(String),
      expected: expect.any(String),
    });
  }
});
