import { S3ServiceException } from '@aws-sdk/client-s3';
import { AppError } from '@/lib/errors';

/** What a refusal says about the configuration, by the code of S3's protocol. */
const WRONG: Record<string, string> = {
  NoSuchBucket: 'S3_BUCKET names no bucket there.',
  InvalidBucketName: 'S3_BUCKET is no name of a bucket.',
  InvalidAccessKeyId: 'S3_ACCESS_KEY_ID is not known there.',
  SignatureDoesNotMatch: 'S3_SECRET_ACCESS_KEY does not belong to S3_ACCESS_KEY_ID.',
  AccessDenied: 'S3_ACCESS_KEY_ID may not use the bucket in S3_BUCKET.',
  AuthorizationHeaderMalformed: 'S3_REGION is not the region of the bucket in S3_BUCKET.',
  PermanentRedirect: 'S3_REGION or S3_ENDPOINT is not that of the bucket in S3_BUCKET.',
};

const PASSING_STATUSES = [408, 429];

/** Whether the same request may succeed a moment later: the other side is busy or away, or the line broke. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return true;
  const status = error.$metadata.httpStatusCode ?? 500;
  return status >= 500 || PASSING_STATUSES.includes(status);
}

export const isAbsent = (error: unknown): boolean => error instanceof S3ServiceException && error.name === 'NoSuchKey';

export function unavailable(cause: unknown): AppError {
  const wrong = cause instanceof S3ServiceException ? WRONG[cause.name] : 'S3_ENDPOINT does not answer.';
  return new AppError('UNAVAILABLE', wrong ?? 'The storage at S3_ENDPOINT refuses requests.', { cause });
}
