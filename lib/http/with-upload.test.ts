import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { AppError } from '@/lib/errors';
import { withUpload } from './with-upload';

const environment = await vi.hoisted(async () =>
  (await import('@/db/testing/prepare-environment')).prepareEnvironment(),
);
afterAll(environment.remove);

const upload = () => {
  const body = new FormData();
  body.append('pdf_file', new File(['%PDF-1.7'], 'novel.pdf'));
  return new Request('http://localhost/api/v1/jobs', { method: 'POST', body });
};
const kept = () => readdirSync(join(environment.dataDir, 'files')).filter((name) => name.endsWith('.pdf'));

it('leaves no file behind when the work fails', async () => {
  const failing = withUpload(upload(), () => Promise.reject(new AppError('PDF_DAMAGED')));
  await expect(failing).rejects.toMatchObject({ code: 'PDF_DAMAGED' });
  expect(kept()).toEqual([]);
});

it('leaves it to the sweep when nobody knows whether a job was made of it', async () => {
  const lost = Object.assign(new Error('lost'), { code: 'CONNECTION_CLOSED' });
  await expect(withUpload(upload(), () => Promise.reject(lost))).rejects.toBe(lost);
  expect(kept()).toHaveLength(1);
});
