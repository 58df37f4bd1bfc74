'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import { api } from '@/lib/client/browser-api';
import { queryKeys } from '@/lib/client/query-keys';
import { useStoredValue } from '@/lib/client/use-stored-value';
import { JobProgressDialog } from './job-progress-dialog';
import { RunningJobBar } from './running-job-bar';

interface JobDesk {
  open: (jobId: string) => void;
  /** The job was seen to its end, or put aside. */
  dismiss: (jobId: string) => void;
}

/** Of this tab: what stands open in it. */
const OpenJob = z.object({ id: z.string().nullable() });
const NONE_OPEN: z.infer<typeof OpenJob> = { id: null };
/** Of all tabs: the jobs whose end is still to be told, and those of them whose end has been in sight. */
const Followed = z.object({ ids: z.array(z.string()), toldIds: z.array(z.string()) });
const NONE_FOLLOWED: z.infer<typeof Followed> = { ids: [], toldIds: [] };
const LOOK_AGAIN_MS = 10_000;

const Desk = createContext<JobDesk>({ open: () => undefined, dismiss: () => undefined });

export const useJobDesk = () => useContext(Desk);

const MOST_FOLLOWED = 50;

const withId = (ids: string[], id: string) => (ids.includes(id) ? ids : [...ids, id].slice(-MOST_FOLLOWED));
const without = (ids: string[], gone: string[]) => ids.filter((id) => !gone.includes(id));

async function listRunningIds(signal: AbortSignal): Promise<string[]> {
  const [processing, pending] = await Promise.all([
    api.listJobs({ status: 'processing' }, { signal }),
    api.listJobs({ status: 'pending' }, { signal }),
  ]);
  return [...processing.items, ...pending.items].map(({ id }) => id);
}

/** The jobs at work, and those that ended and were not looked at since: until opened or dismissed in any tab. */
function useFollowedJobs() {
  const [{ ids }, setFollowed] = useStoredValue('local', 'followed-jobs', Followed, NONE_FOLLOWED);
  const { data: runningIds } = useQuery({
    queryKey: queryKeys.runningJobs,
    queryFn: ({ signal }) => listRunningIds(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });

  // An end that was in sight is no news to a page that is loaded after it.
  const [oldIds, setOldIds] = useState<string[]>();
  useEffect(() => {
    setFollowed((followed) => {
      setOldIds(followed.toldIds);
      return followed;
    });
  }, [setFollowed]);
  const follow = useCallback(
    (jobIds: string[]) => {
      // One that runs again ends again.
      setOldIds((old) => old && without(old, jobIds));
      setFollowed(({ ids, toldIds }) => ({ ids: jobIds.reduce(withId, ids), toldIds: without(toldIds, jobIds) }));
    },
    [setFollowed],
  );
  useEffect(() => {
    if (runningIds?.length) follow(runningIds);
  }, [runningIds, follow]);

  return { ids: oldIds ? without(ids, oldIds) : [], follow, setFollowed };
}

/** Keeps the jobs at work in sight on every page: one in a dialog, or in a bar at the foot. The server says which run. */
export function JobDeskProvider({ children }: { children: ReactNode }) {
  const [{ id: storedId }, setOpen] = useStoredValue('session', 'open-job', OpenJob, NONE_OPEN);
  const { ids, follow, setFollowed } = useFollowedJobs();
  const [openedId, setOpenedId] = useState<string>();
  const [minimisedId, setMinimisedId] = useState<string>();
  const pathname = usePathname();

  const desk = useMemo<JobDesk>(
    () => ({
      open: (jobId) => {
        setOpenedId(jobId);
        setOpen(() => ({ id: jobId }));
        follow([jobId]);
      },
      dismiss: (jobId) => {
        setOpen(({ id }) => ({ id: id === jobId ? null : id }));
        setFollowed(({ ids, toldIds }) => ({ ids: without(ids, [jobId]), toldIds: without(toldIds, [jobId]) }));
      },
    }),
    [setOpen, setFollowed, follow],
  );
  const setAside = () => setOpen(() => NONE_OPEN);
  const isShownByPage = (jobId: string) => pathname === `/jobs/${jobId}`;
  const openId = storedId !== null && !isShownByPage(storedId) ? storedId : undefined;
  const waiting = ids.filter((id) => id !== openId && !isShownByPage(id));
  const latest = waiting.at(-1);
  return (
    <Desk value={desk}>
      {children}
      {openId !== undefined && (
        <JobProgressDialog
          key={openId}
          jobId={openId}
          isRestored={openId !== openedId}
          onMinimise={() => {
            setMinimisedId(openId);
            setAside();
          }}
          onSetAside={setAside}
          onDismiss={() => desk.dismiss(openId)}
        />
      )}
      {latest !== undefined && (
        <RunningJobBar
          key={latest}
          jobId={latest}
          others={waiting.length - 1}
          takesFocus={latest === minimisedId}
          onOpen={() => desk.open(latest)}
          onTold={() => setFollowed(({ ids, toldIds }) => ({ ids, toldIds: withId(toldIds, latest) }))}
          onDismiss={() => desk.dismiss(latest)}
        />
      )}
    </Desk>
  );
}
