import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';

/** What the reader has left this month. Asked for the first time in a month, it is then that the credits are given. */
export const useCredits = (options: { enabled?: boolean } = {}) =>
  useQuery({ queryKey: queryKeys.credits, queryFn: ({ signal }) => api.getCredits({ signal }), ...options });
