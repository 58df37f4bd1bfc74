import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Credits, LedgerPage, LedgerQuery } from '@/lib/credits/schema';
import { credits } from './openapi-examples';
import { ok, operation } from './openapi-operation';

export const creditPaths: ZodOpenApiPathsObject = {
  '/credits': {
    get: operation({
      id: 'getCredits',
      summary: 'My credits of this month',
      answer: ok('The credits', Credits, credits),
    }),
  },
  '/credits/ledger': {
    get: operation({
      id: 'listLedger',
      summary: 'Every grant, reservation, settlement and adjustment, the newest first',
      rest: { requestParams: { query: LedgerQuery } },
      answer: ok('A page of entries', LedgerPage),
      codes: ['INVALID_INPUT'],
    }),
  },
};
