'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
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

const DeskState = z.object({ openId: z.string().nullable(), followedIds: z.array(z.string()) });
const EMPTY_DESK: z.infer<typeof DeskState> = { openId: null, followedIds: [] };
const LOOK_AGAIN_MS = 10_000;

const Desk = createContext<JobDesk>({ open: () => undefined, dismiss: () => undefined });

export const useJobDesk = () => useContext(Desk);

const withId = (ids: string[], id: string) => (ids.includes(id) ? ids : [...ids, id]);

async function listRunningIds(signal: AbortSignal): Promise<string[]> {
  const [processing, pending] = await Promise.all([
    api.listJobs({ status: 'processing' }, { signal }),
    api.listJobs({ status: 'pending' }, { signal }),
  ]);
  return [...processing.items, ...pending.items].map(({ id }) => id);
}

/** Keeps the jobs at work in sight on every page: one in a dialog, or in a bar at the foot. The server says which run. */
export function JobDeskProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useStoredValue('session', 'job-desk', DeskState, EMPTY_DESK);
  const [openedId, setOpenedId] = useState<string>();
  const [minimisedId, setMinimisedId] = useState<string>();
  const pathname = usePathname();
  const { data: runningIds } = useQuery({
    queryKey: queryKeys.runningJobs,
    queryFn: ({ signal }) => listRunningIds(signal),
    refetchInterval: LOOK_AGAIN_MS,
  });

  useEffect(() => {
    if (!runningIds?.length) return;
    setState((desk) => {
      const followedIds = runningIds.reduce(withId, desk.followedIds);
      return followedIds === desk.followedIds ? desk : { ...desk, followedIds };
    });
  }, [runningIds, setState]);

  const desk = useMemo<JobDesk>(
    () => ({
      open: (jobId) => {
        setOpenedId(jobId);
        setState(({ followedIds }) => ({ openId: jobId, followedIds: withId(followedIds, jobId) }));
      },
      dismiss: (jobId) =>
        setState(({ openId, followedIds }) => ({
          openId: openId === jobId ? null : openId,
          followedIds: followedIds.filter((id) => id !== jobId),
        })),
    }),
    [setState],
  );
  const setAside = () => setState((current) => ({ ...current, openId: null }));
  const isShownByPage = (jobId: string) => pathname === `/jobs/${jobId}`;
  const openId = state.openId !== null && !isShownByPage(state.openId) ? state.openId : undefined;
  const waiting = state.followedIds.filter((id) => id !== openId && !isShownByPage(id));
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
          onDismiss={() => desk.dismiss(latest)}
        />
      )}
    </Desk>
  );
}
