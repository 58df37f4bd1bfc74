import { deliverMessages } from './deliver-message';
import { practiseChunks } from './practise-chunks';
import { processNovelFunctions } from './process-novel';
import { settleCancelledRun } from './settle-cancelled-run';
import { sweepExpiredQuotes } from './sweep-expired-quotes';
import { sweepOldKeys } from './sweep-old-keys';
import { sweepStalledJobs } from './sweep-stalled-jobs';
import { sweepUploads } from './sweep-uploads';
import { tellWebhooks } from './tell-webhooks';

export const functions = [
  ...processNovelFunctions,
  settleCancelledRun,
  sweepExpiredQuotes,
  sweepOldKeys,
  sweepStalledJobs,
  sweepUploads,
  practiseChunks,
  tellWebhooks,
  deliverMessages,
];
