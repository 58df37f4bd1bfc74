import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { accountPaths } from './openapi-account';
import { authPaths } from './openapi-auth';
import { creditPaths } from './openapi-credits';
import { documentPaths } from './openapi-document';
import { jobPaths } from './openapi-jobs';
import { novelPaths } from './openapi-novels';
import { withTag } from './openapi-operation';
import { settingsPaths } from './openapi-settings';
import { webhookPaths } from './openapi-webhooks';

/** One file for each, in the order in which a reader of the document meets them. */
const AREAS: { tag: string; description: string; paths: ZodOpenApiPathsObject }[] = [
  { tag: 'Access', description: 'Accounts and tokens', paths: authPaths },
  { tag: 'Account', description: 'Keys, password, everything that is held about me', paths: accountPaths },
  { tag: 'Novels', description: 'From a novel to a job, in one call or in three', paths: novelPaths },
  { tag: 'Jobs', description: 'Watching, stopping and reading a job', paths: jobPaths },
  { tag: 'Credits', description: 'What jobs cost', paths: creditPaths },
  { tag: 'Settings', description: 'What is usual for my jobs', paths: settingsPaths },
  { tag: 'Webhooks', description: 'Being told when a job ends', paths: webhookPaths },
  { tag: 'Document', description: 'What can be asked', paths: documentPaths },
];

/** OpenAPI 3.1 from the schemas that validate. */
export const openApiDocument = () =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'French Novel Tool',
      version: '1',
      description: 'Long French sentences in, short ones out.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token, or an API key (fnt_…) with the scope that the call needs',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token' },
      },
    },
    tags: AREAS.map(({ tag, description }) => ({ name: tag, description })),
    paths: Object.assign({}, ...AREAS.map(({ tag, paths }) => withTag(tag, paths))),
  });
