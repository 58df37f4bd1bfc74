import { isFocusNowhere } from '@/components/ui/is-focus-nowhere';

const READER_ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'];
/** What is done here leaves the text where it is, or says itself where it is to be. */
const TOOLS = 'nav, [role="dialog"], [role="menu"]';
/** In frames: a row that stood still for so long is at rest; one that is absent is sought again after as many. */
const AT_REST = 30;
const SEEK_AGAIN = 15;
const PATIENCE_MS = 30_000;

interface Hold {
  find: () => HTMLElement | null | undefined;
  /** Where on the screen it is to stand. */
  block: 'start' | 'center';
  takesFocus: boolean;
  /** Scrolls to where it will come into being. */
  seek: () => void;
  /** Something near it is still to find its height. */
  isUnsettled: () => boolean;
}

/**
 * Focuses a row, if it is to, and keeps it where it belongs on the screen until it stands still there: heights found
 * meanwhile push it away, even out of the rows that exist. Whatever the reader does to the text ends it. Returns how
 * to stop.
 */
export function holdInSight({ find, block, takesFocus, seek, isUnsettled }: Hold): () => void {
  const over = new AbortController();
  const deadline = performance.now() + PATIENCE_MS;
  let lastTop: number | undefined;
  let framesStill = 0;
  let framesAbsent = 0;
  let hadFocus = false;

  const showAgain = (row: HTMLElement) => {
    // Once it has had the focus, only when that is nowhere: a row that was away, not a reader who went on elsewhere.
    if (takesFocus && (!hadFocus || isFocusNowhere())) row.focus({ preventScroll: true });
    hadFocus ||= document.activeElement === row;
    row.scrollIntoView({ block });
    const top = Math.round(row.getBoundingClientRect().top);
    framesStill = top === lastTop && !isUnsettled() ? framesStill + 1 : 0;
    framesAbsent = 0;
    lastTop = top;
  };
  const look = () => {
    if (over.signal.aborted) return;
    const row = find();
    if (row) showAgain(row);
    else if (framesAbsent++ % SEEK_AGAIN === 0) seek();
    if (framesStill >= AT_REST || performance.now() > deadline) over.abort();
    else requestAnimationFrame(look);
  };
  const endByReading = ({ target }: Event) => {
    if (!(target instanceof Element && target.closest(TOOLS))) over.abort();
  };
  for (const act of READER_ACTS) {
    window.addEventListener(act, endByReading, { signal: over.signal, passive: true });
  }
  look();
  return () => over.abort();
}
