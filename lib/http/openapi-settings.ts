import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { JobSettings, UserSettings } from '@/lib/jobs/schema';
import { settings } from './openapi-examples';
import { json, ok, operation } from './openapi-operation';

/** What a job is made with that does not say otherwise. */
export const settingsPaths: ZodOpenApiPathsObject = {
  '/settings': {
    get: operation({
      id: 'getSettings',
      summary: 'What my jobs are made with where they do not say otherwise',
      answer: ok('The settings', UserSettings, settings),
    }),
    put: operation({
      mutates: true,
      id: 'putSettings',
      summary: 'Choose them anew; what is left out is as it is for everybody. Jobs that there are keep theirs',
      rest: { requestBody: { required: true, content: json(JobSettings, settings) } },
      answer: ok('The settings', UserSettings, settings),
      codes: ['INVALID_INPUT', 'MALFORMED_REQUEST'],
    }),
  },
};
