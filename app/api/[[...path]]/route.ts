import { AppError } from '@/lib/errors';
import { openRoute } from '@/lib/http/route';

/** All that has no route of its own. */
const notFound = openRoute(async () => {
  throw new AppError('NOT_FOUND', 'Nothing is served here; GET /api/v1/openapi.json says what is.');
});

export {
  notFound as DELETE,
  notFound as GET,
  notFound as OPTIONS,
  notFound as PATCH,
  notFound as POST,
  notFound as PUT,
};
