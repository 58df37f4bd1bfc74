import { connectAhead } from '@/db/client';
import { log } from '@/lib/log';
import { practiseReading } from '@/lib/pdf/run-pdf-task';
import { expectAnswers } from '@/lib/rewrite/offline/grammar-processes';
import { listenAhead } from './watch-jobs';

let hasPractised = false;

/**
 * The first novel finds processes that have done before what it needs, and connections that stand. To be asked by a route,
 * since what runs when the app starts has a copy of these modules, and of their processes, to itself.
 */
export function practiseOnce(): void {
  if (hasPractised) return;
  hasPractised = true;
  practiseReading();
  expectAnswers();
  Promise.all([connectAhead(), listenAhead()]).catch((error: unknown) =>
    log.warn({ err: error }, 'the first job will wait for its connections'),
  );
}
