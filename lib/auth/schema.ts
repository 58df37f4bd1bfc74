import { z } from 'zod';

const KeyScope = z.enum(['read', 'process', 'admin']);

const email = z.email().max(254).toLowerCase();

export const Registration = z.object({
  email,
  password: z.string().max(200),
  name: z.string().trim().min(1).max(100).optional(),
});
export const Credentials = z.object({ email, password: z.string().max(200) });
export type Credentials = z.infer<typeof Credentials>;
export const RefreshRequest = z.object({ refresh_token: z.string().max(500) });
export const RegisteredUser = z.object({ id: z.string(), email: z.string() });

export const Me = z
  .object({ id: z.string(), email: z.string(), name: z.string().nullable(), role: z.enum(['reader', 'admin']) })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

export const Tokens = z
  .object({
    access_token: z.string(),
    refresh_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().positive().describe('seconds'),
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof Tokens>;

export const NewApiKey = z.object({
  name: z.string().trim().min(1).max(100).describe('what it is for'),
  scopes: z
    .array(KeyScope)
    .min(1)
    .max(3)
    .default(['read', 'process'])
    .describe('read: GET; process: whatever starts or changes something; admin: /api/admin, for admins only'),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

export const ApiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('its first characters, to know it by'),
    scopes: z.array(KeyScope),
    created_at: z.iso.datetime(),
    last_used_at: z.iso.datetime().nullable().describe('to the minute'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

export const CreatedApiKey = ApiKey.extend({ key: z.string().describe('shown this once') }).meta({
  id: 'CreatedApiKey',
});
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;
export const ApiKeyPage = z.object({ items: z.array(ApiKey), next: z.string().nullable() });
export type ApiKeyPage = z.infer<typeof ApiKeyPage>;

export const PasswordChange = z.object({
  current_password: z.string().max(200).optional().describe('unless the account has none yet'),
  new_password: z.string().max(200),
});
export type PasswordChange = z.infer<typeof PasswordChange>;

export const AccountDeletion = z.object({
  current_password: z.string().max(200).optional().describe('unless the account has none'),
});
export type AccountDeletion = z.infer<typeof AccountDeletion>;
