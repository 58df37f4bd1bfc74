import { processNovelFunctions } from './process-novel';
import { settleCancelledRun } from './settle-cancelled-run';
import { sweepStalledJobs } from './sweep-stalled-jobs';
import { sweepUploads } from './sweep-uploads';

export const functions = [...processNovelFunctions, settleCancelledRun, sweepStalledJobs, sweepUploads];
