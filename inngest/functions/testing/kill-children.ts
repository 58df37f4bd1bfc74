import { readdir, readFile } from 'node:fs/promises';

const contentOf = (file: string) => readFile(file, 'utf8').catch(() => '');

/** False when it has ended by itself meanwhile. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** kill -9 for the child processes with this entry, until it is over. Returns how many. */
export async function killChildren(entry: string, isOver: () => boolean): Promise<number> {
  const killed = new Set<number>();
  while (!isOver()) {
    const tasks = await readdir('/proc/self/task');
    const lists = await Promise.all(tasks.map((task) => contentOf(`/proc/self/task/${task}/children`)));
    for (const pid of lists.flatMap((list) => list.split(' ')).filter((one) => one !== '')) {
      if (!(await contentOf(`/proc/${pid}/cmdline`)).includes(entry)) continue;
      if (kill(Number(pid))) killed.add(Number(pid));
    }
  }
  return killed.size;
}
