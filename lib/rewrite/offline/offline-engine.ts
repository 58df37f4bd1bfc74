import { AppError } from '@/lib/errors';
import type { RewriteEngine } from '@/lib/rewrite/engine';
import { rewriteOffline } from './rewrite-offline';

export const createOfflineEngine = (): RewriteEngine => ({
  name: 'offline',
  async rewrite({ sentences, settings }, { signal, onSettled }) {
    if (signal.aborted) throw new AppError('CANCELLED');
    await onSettled(
      sentences.map((sentence) => rewriteOffline(sentence, settings)),
      { calls: 0, tokens: 0 },
    );
  },
});
