import type { Job } from '@/lib/jobs/schema';

const WIDTH = 28;

/** One line that is drawn over itself on a terminal; elsewhere a line for each new step. */
export function createProgressBar(stream: NodeJS.WriteStream) {
  let last = '';
  return {
    show(job: Job) {
      const filled = Math.round((job.progress_percent / 100) * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      const line = stream.isTTY
        ? `\r\x1b[K${bar} ${job.progress_percent} %  ${job.current_step.text}`
        : `${job.current_step.text}\n`;
      if (line === last) return;
      last = line;
      stream.write(line);
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}
