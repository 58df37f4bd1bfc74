import { useTranslations } from 'next-intl';
import { classNames } from '@/components/ui/class-names';
import type { Chunk, Job } from '@/lib/jobs/schema';
import { CHUNK_STATUSES, type ChunkStatus } from '@/lib/jobs/status';
import { chunkMarks, countByStatus } from './chunk-marks';

/** Told apart by height and pattern as well as colour: full, half with an edge, crossed out, a line. */
const SHAPES: Record<ChunkStatus, string> = {
  done: 'h-5 bg-accent',
  processing: 'h-3 border-2 border-accent bg-accent-wash',
  failed: 'h-5 border border-red bg-[repeating-linear-gradient(45deg,var(--red)_0_2px,transparent_2px_5px)]',
  pending: 'h-1 bg-edge',
};
const LEGEND_ORDER = [...CHUNK_STATUSES].reverse();

interface ChunkBarProps {
  job: Job;
  chunks: Chunk[];
  label: string;
}

export function ChunkBar({ job, chunks, label }: ChunkBarProps) {
  const t = useTranslations('chunks');
  const marks = chunkMarks(job, chunks);
  const counts = countByStatus(marks);
  return (
    <div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={job.progress_percent}
        className="flex h-5 items-end gap-px sm:gap-0.5"
      >
        {marks.length === 0 && <span className={classNames('grow rounded-xs', SHAPES.pending)} />}
        {marks.map(({ index, status }) => (
          <span
            key={index}
            className={classNames('min-w-0 grow rounded-xs transition-[height] duration-200', SHAPES[status])}
          />
        ))}
      </div>
      {marks.length > 1 && (
        <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-ink-soft text-sm">
          {LEGEND_ORDER.filter((status) => counts[status] > 0).map((status) => (
            <li key={status} className="flex items-center gap-2">
              <span aria-hidden className={classNames('w-2 rounded-xs', SHAPES[status], 'max-h-3.5')} />
              {t(status, { count: counts[status] })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
