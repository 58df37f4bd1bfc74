import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AppError } from '@/lib/errors';
import { log } from '@/lib/log';
import { type FileBackend, isKey, type StoredFile } from '@/lib/storage/file-backend';
import type { PassingFile, PassingFiles } from '@/lib/storage/passing-files';
import { isAbsent } from './s3-error';
import { withRetries } from './with-retries';

export interface S3Place {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The bucket may hold other things; ours, which a sweep removes, are under this name. */
const PREFIX = 'novels/';
const CHECK_MS = 3_000;
const ASK_MS = 10_000;
/** A gigabyte, the largest upload that can be configured, at 4 MB a second. */
const TRANSFER_MS = 250_000;
const SILENCE_MS = 15_000;

const MOST_IN_A_LIST = 1_000;
/** Nobody stores a file under it: that it is absent is what a bucket answers that we may use. */
const NO_KEY = 'is-it-there';

const createClient = ({ endpoint, region, accessKeyId, secretAccessKey }: S3Place) =>
  new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    // A stream cannot be sent twice, so it is us who try again.
    maxAttempts: 1,
    // Many servers that speak S3 do not know the checksums in trailers that the SDK would send by itself.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 3_000, socketTimeout: SILENCE_MS },
    // What fails is thrown; that the SDK tries nothing again is no news.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
  });

const ignore = () => undefined;

type Named = { Bucket: string; Key: string };

/** Whole or not at all: S3 shows no half of an object, and refuses one that is not what its checksum says. */
async function putFile(client: S3Client, named: Named, path: string, { sha256, bytes }: StoredFile): Promise<void> {
  const object = {
    ...named,
    ContentLength: bytes,
    ContentType: 'application/pdf',
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    Metadata: { sha256 },
  };
  await withRetries(TRANSFER_MS, (abortSignal) =>
    client.send(new PutObjectCommand({ ...object, Body: createReadStream(path) }), { abortSignal }),
  );
}

const getCopy = (client: S3Client, named: Named, passing: PassingFiles): Promise<PassingFile> =>
  withRetries(TRANSFER_MS, async (abortSignal) => {
    const object = await client.send(new GetObjectCommand(named), { abortSignal }).catch((cause: unknown) => {
      if (!isAbsent(cause)) throw cause;
      throw new AppError('FILE_EXPIRED', 'The uploaded file is no longer kept.', { cause });
    });
    if (!(object.Body instanceof Readable)) throw new Error('an object without a body');
    const copy = await passing.receive(object.Body, undefined, { signal: abortSignal });
    if (copy.sha256 === object.Metadata?.sha256) return copy;
    await passing.discard(copy.path);
    throw new Error('the object is not what was stored');
  });

/** Of our objects, page by page; an object that is nobody's file is not named. */
async function* listFiles(client: S3Client, bucket: string, pageSize: number) {
  for (let next: string | undefined; ; ) {
    const asked = { Bucket: bucket, Prefix: PREFIX, MaxKeys: pageSize, ...(next && { ContinuationToken: next }) };
    const page = await withRetries(ASK_MS, (abortSignal) =>
      client.send(new ListObjectsV2Command(asked), { abortSignal }),
    );
    for (const { Key = '', LastModified } of page.Contents ?? []) {
      const key = Key.slice(PREFIX.length);
      if (isKey(key) && LastModified) yield { key, modifiedMs: LastModified.getTime() };
    }
    next = page.NextContinuationToken;
    if (!next) return;
  }
}

/** Files in a bucket that all machines share. Whatever the storage answers, its users see UNAVAILABLE or FILE_EXPIRED. */
export function s3Backend(place: S3Place, passing: PassingFiles, pageSize = MOST_IN_A_LIST): FileBackend {
  const client = createClient(place);
  const named = (key: string): Named => ({ Bucket: place.bucket, Key: PREFIX + key });
  const remove = async (key: string) => {
    await withRetries(ASK_MS, (abortSignal) => client.send(new DeleteObjectCommand(named(key)), { abortSignal }));
  };

  return {
    remove,
    list: () => listFiles(client, place.bucket, pageSize),
    keep: async (path, file) => {
      try {
        await putFile(client, named(file.key), path, file);
      } catch (error) {
        // It may have arrived although the answer did not. Where this fails too, the sweep finds it.
        await remove(file.key).catch((left: unknown) => log.warn({ err: left }, 'an upload that failed may be stored'));
        throw error;
      }
    },
    lend: async (key, work) => {
      // A sweep runs on one of the machines only.
      await passing.clear();
      const copy = await getCopy(client, named(key), passing);
      try {
        return await work(copy.path);
      } finally {
        await passing.discard(copy.path);
      }
    },
    // Once and soon: whoever asks whether we are ready asks again.
    check: () =>
      withRetries(
        CHECK_MS,
        async (abortSignal) => {
          await client.send(new GetObjectCommand(named(NO_KEY)), { abortSignal }).catch((error: unknown) => {
            if (!isAbsent(error)) throw error;
          });
        },
        1,
      ),
  };
}
