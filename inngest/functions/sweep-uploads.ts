import { inngest } from '@/inngest/client';
import { sweepDeletedAccounts } from '@/lib/account/sweep-deleted-accounts';
import { forgetOldUploads } from '@/lib/jobs/forget-old-uploads';
import { removeOrphanNovels } from '@/lib/jobs/remove-orphan-novels';
import { sweepFiles } from '@/lib/jobs/sweep-files';

/** Uploads past their time, and what a crash left: novels without a job or a person, files without a novel. */
export const sweepUploads = inngest.createFunction(
  { id: 'sweep-uploads', triggers: [{ cron: '*/10 * * * *' }], retries: 0 },
  async ({ step }) => ({
    forgotten: await step.run('forget-old-uploads', forgetOldUploads),
    novels: await step.run('remove-orphan-novels', removeOrphanNovels),
    accounts: await step.run('sweep-deleted-accounts', sweepDeletedAccounts),
    files: await step.run('sweep-files', sweepFiles),
  }),
);
