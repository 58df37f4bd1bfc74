import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { AccountDeletion, ApiKeyPage, CreatedApiKey, NewApiKey, PasswordChange } from '@/lib/auth/schema';
import { apiKey, credentials, newApiKey, newKey, passwordChange } from './openapi-examples';
import { json, ok, operation } from './openapi-operation';

/** What belongs to the person: by session or access token, never by key. */
export const accountPaths: ZodOpenApiPathsObject = {
  '/account': {
    delete: operation({
      mutates: true,
      id: 'deleteAccount',
      summary: 'Delete the account and all that it has: novels, jobs, keys, webhooks. Only the ledger stays, of nobody',
      rest: { requestBody: { content: json(AccountDeletion, { current_password: credentials.password }) } },
      answer: { '204': { description: 'It is gone' } },
      codes: ['INVALID_CREDENTIALS', 'INVALID_INPUT', 'MALFORMED_REQUEST', 'SIGN_IN_AGAIN', 'UNAVAILABLE'],
    }),
  },
  '/account/export': {
    get: operation({
      id: 'exportAccount',
      summary: 'Everything that is held about me, as a zip of JSON and my novels',
      answer: {
        '200': {
          description: 'The archive',
          content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } },
          headers: z.object({ 'Content-Disposition': z.string() }),
        },
      },
    }),
  },
  '/auth/password': {
    put: operation({
      mutates: true,
      id: 'changePassword',
      summary: 'Set another password; every session and token ends but the browser session that asks. Keys go on',
      rest: { requestBody: { required: true, content: json(PasswordChange, passwordChange) } },
      answer: { '204': { description: 'It is the password now' } },
      codes: [
        'INVALID_CREDENTIALS',
        'INVALID_INPUT',
        'MALFORMED_REQUEST',
        'PASSWORD_TOO_WEAK',
        'SIGN_IN_AGAIN',
        'UNAVAILABLE',
      ],
    }),
  },
  '/auth/sessions': {
    delete: operation({
      mutates: true,
      id: 'endSessions',
      summary: 'Sign out everywhere: every session, access token and refresh token ends, this one, too. Keys go on',
      answer: { '204': { description: 'Nobody is signed in' } },
    }),
  },
  '/api-keys': {
    get: operation({
      id: 'listApiKeys',
      summary: 'My keys that still work',
      answer: ok('All of them', ApiKeyPage, { items: [apiKey], next: null }),
    }),
    post: operation({
      mutates: true,
      id: 'createApiKey',
      summary: 'Make a key for a script; it is shown this once',
      rest: { requestBody: { required: true, content: json(NewApiKey, newApiKey) } },
      answer: { '201': { description: 'The key', content: json(CreatedApiKey, newKey) } },
      codes: ['INVALID_INPUT', 'MALFORMED_REQUEST', 'TOO_MANY_KEYS'],
    }),
  },
  '/api-keys/{keyId}': {
    delete: operation({
      mutates: true,
      id: 'revokeApiKey',
      summary: 'End a key, from the next request on',
      rest: { requestParams: { path: z.object({ keyId: z.string() }) } },
      answer: { '204': { description: 'It works no more' } },
      codes: ['NOT_FOUND'],
    }),
  },
};
