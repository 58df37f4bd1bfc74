import { z } from 'zod';

const email = z.email().max(254).toLowerCase();

export const Registration = z.object({
  email,
  password: z.string().max(200),
  name: z.string().trim().min(1).max(100).optional(),
});
export const Credentials = z.object({ email, password: z.string().max(200) });
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
