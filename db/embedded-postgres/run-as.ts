import { execFileSync, type SpawnOptions, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const USER = 'postgres';
/** Of util-linux: runs a program as somebody else. */
const SETPRIV = 'setpriv';
const USERADD = 'useradd';

/** How to start a PostgreSQL program: it refuses to run as root, so root lends it another user. */
export interface RunAs {
  owner: { uid: number; gid: number } | undefined;
  command(program: string, args: string[]): { file: string; args: string[]; options: SpawnOptions };
}

/** Whether the user to whom root lends PostgreSQL may enter every folder above `path`. */
export function isOpen(path: string): boolean {
  if (process.getuid?.() !== 0) return true;
  return findClosedFolder(path, findOwner() ?? createOwner()) === undefined;
}

/** `folders` are those the program must reach; below a root-only folder such as /root it is lent the right to pass. */
export function runAs(folders: string[]): RunAs {
  if (process.getuid?.() !== 0) {
    return { owner: undefined, command: (file, args) => ({ file, args, options: {} }) };
  }
  const owner = findOwner() ?? createOwner();
  const closed = folders.map((folder) => findClosedFolder(folder, owner)).find((folder) => folder !== undefined);
  if (closed === undefined) {
    return { owner, command: (file, args) => ({ file, args, options: { ...owner } }) };
  }
  if (spawnSync(SETPRIV, ['--version'], { stdio: 'ignore' }).status !== 0) {
    throw new Error(`PostgreSQL cannot run as root, and the user "${USER}" may not enter ${closed}: move out of it`);
  }
  const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const right = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return {
    owner,
    command: (file, args) => ({ file: SETPRIV, args: [...identity, ...right, file, ...args], options: {} }),
  };
}

function findOwner(): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, USER], { encoding: 'utf8' }));
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

function createOwner(): { uid: number; gid: number } {
  execFileSync(USERADD, ['--system', '--user-group', '--no-create-home', USER], { stdio: 'ignore' });
  const owner = findOwner();
  if (!owner) throw new Error(`PostgreSQL cannot run as root, and the user "${USER}" could not be created`);
  return owner;
}

function findClosedFolder(folder: string, owner: { uid: number; gid: number }): string | undefined {
  if (existsSync(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const passable = uid === owner.uid ? mode & 0o100 : gid === owner.gid ? mode & 0o010 : mode & 0o001;
    if (!passable) return folder;
  }
  return dirname(folder) === folder ? undefined : findClosedFolder(dirname(folder), owner);
}
