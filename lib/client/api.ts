import { accountCalls } from './account-calls';
import { adminCalls } from './admin-calls';
import { jobCalls } from './job-calls';
import { novelCalls } from './novel-calls';
import { programCalls } from './program-calls';
import { type ApiOptions, createTransport } from './transport';

export type Api = ReturnType<typeof createApi>;

/** The public API, typed: in the browser by cookie, from Node by `baseUrl` and bearer token. Throws ApiError. */
export function createApi(options: ApiOptions = {}) {
  const transport = createTransport(options);
  return {
    ...accountCalls(transport),
    ...adminCalls(transport),
    ...novelCalls(transport),
    ...jobCalls(transport),
    ...programCalls(transport),
  };
}
