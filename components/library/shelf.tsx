import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Job } from '@/lib/jobs/schema';
import { ShelfRow } from './shelf-row';

interface ShelfProps {
  jobs: Job[];
  onDelete: (job: Job) => void;
}

const TYPICAL_ROW_PX = 116;

/** Thousands of jobs, of which only those in sight exist on the page. */
export function Shelf({ jobs, onDelete }: ShelfProps) {
  const list = useRef<HTMLUListElement>(null);
  const [offsetTop, setOffsetTop] = useState(0);
  useLayoutEffect(() => setOffsetTop(list.current?.offsetTop ?? 0), []);
  const virtualizer = useWindowVirtualizer({
    count: jobs.length,
    estimateSize: () => TYPICAL_ROW_PX,
    getItemKey: (index) => jobs[index]?.id ?? index,
    overscan: 6,
    scrollMargin: offsetTop,
  });
  return (
    <ul ref={list} className="relative border-line border-t" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const job = jobs[index];
        return (
          job && (
            <li
              key={key}
              data-index={index}
              ref={virtualizer.measureElement}
              aria-setsize={jobs.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-line border-b"
              style={{ transform: `translateY(${start - offsetTop}px)` }}
            >
              <ShelfRow job={job} onDelete={onDelete} />
            </li>
          )
        );
      })}
    </ul>
  );
}
