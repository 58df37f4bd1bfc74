import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import type { Job, SentenceEdit, SentencePair } from '@/lib/jobs/schema';

/** Puts the reader's own words in the place of a sentence, on the page and at the server. */
export function useEditSentence(job: Job, { position, page_start: page }: SentencePair) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (edit: SentenceEdit) => api.editSentence(job.id, position, edit),
    onSuccess: async (edited) => {
      queryClient.setQueryData<SentencePair[]>(queryKeys.page(job, page), (before) =>
        before?.map((sentence) => (sentence.position === position ? edited : sentence)),
      );
      // How many are kept and how many rewritten may have changed with it.
      const counts = [queryKeys.job(job.id), queryKeys.report(job)];
      await Promise.all(counts.map((queryKey) => queryClient.invalidateQueries({ queryKey, exact: true })));
    },
  });
}
