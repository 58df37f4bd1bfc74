import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Credentials, Me, RefreshRequest, RegisteredUser, Registration, Tokens } from '@/lib/auth/schema';
import { credentials, me, tokens } from './openapi-examples';
import { ANYBODY, json, ok, operation } from './openapi-operation';

export const authPaths: ZodOpenApiPathsObject = {
  '/auth/register': {
    post: operation({
      mutates: true,
      id: 'register',
      summary: 'Make an account',
      rest: {
        ...ANYBODY,
        requestBody: { required: true, content: json(Registration, { ...credentials, name: 'Léa' }) },
      },
      answer: { '201': { description: 'The account', content: json(RegisteredUser, { id: me.id, email: me.email }) } },
      codes: ['MALFORMED_REQUEST', 'EMAIL_TAKEN', 'INVALID_INPUT', 'PASSWORD_TOO_WEAK', 'UNAVAILABLE'],
    }),
  },
  '/auth/token': {
    post: operation({
      mutates: true,
      id: 'createToken',
      summary: 'Sign in: an access token for an hour and a refresh token',
      rest: { ...ANYBODY, requestBody: { required: true, content: json(Credentials, credentials) } },
      answer: ok('The tokens', Tokens, tokens),
      codes: ['MALFORMED_REQUEST', 'INVALID_CREDENTIALS', 'INVALID_INPUT', 'RATE_LIMITED', 'UNAVAILABLE'],
    }),
  },
  '/auth/refresh': {
    post: operation({
      mutates: true,
      id: 'refreshToken',
      summary: 'The next pair of tokens; a refresh token is good for one use',
      rest: {
        ...ANYBODY,
        requestBody: { required: true, content: json(RefreshRequest, { refresh_token: tokens.refresh_token }) },
      },
      answer: ok('The tokens', Tokens, tokens),
      codes: ['MALFORMED_REQUEST', 'UNAUTHENTICATED', 'INVALID_INPUT'],
    }),
  },
  '/auth/me': { get: operation({ id: 'getMe', summary: 'Who this token belongs to', answer: ok('The user', Me, me) }) },
};
