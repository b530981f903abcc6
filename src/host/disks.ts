import { readFile, stat, statfs } from 'node:fs/promises';
import { fsSize } from 'systeminformation';

/** Sizes in bytes. */
export interface FileSystem {
  readonly mount: string;
  readonly size: number;
  readonly used: number;
  /** Of what is not used, what is open to users. */
  readonly available: number;
}

interface Mount {
  readonly path: string;
  readonly type: string;
}

/** Not looked at, as looking would mount what is not mounted yet; images that are always full; memory. */
const passedOver = new Set(['autofs', 'squashfs', 'tmpfs', 'devtmpfs', 'ramfs', 'rootfs', 'cramfs']);
/** Their datasets share a pool, or count blocks of another size than Node can tell. */
const opaque = /^(zfs|fuse|virtiofs)/;

/**
 * The file systems that files are kept on, each once. On Linux by system calls: `fsSize` runs two programs for it and has
 * everything wait for one of them. One after another, so that a network's that hangs holds one thread of Node's four.
 */
export async function fileSystems(): Promise<FileSystem[]> {
  const table = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  const mounts = table.split('\n').flatMap(mountOf);
  if (mounts.length === 0 || mounts.some(({ type }) => opaque.test(type))) return fsSize();
  const found = new Map<number, FileSystem>();
  for (const { path } of mounts.toSorted((a, b) => a.path.length - b.path.length)) {
    const system = await sizeOf(path);
    if (system !== undefined && !found.has(system.device)) found.set(system.device, system);
  }
  return [...found.values()];
}

/** Undefined: it has no size, or is hidden from us. */
async function sizeOf(mount: string): Promise<(FileSystem & { device: number }) | undefined> {
  const sizes = await statfs(mount).catch(() => undefined);
  if (sizes === undefined || sizes.blocks === 0) return undefined;
  const { blocks, bfree, bavail, bsize } = sizes;
  const place = await stat(mount).catch(() => undefined);
  return place && { device: place.dev, mount, size: blocks * bsize, used: (blocks - bfree) * bsize, available: bavail * bsize };
}

/** A line of fstab(5), in which white space is written in octal. */
function mountOf(line: string): Mount[] {
  const [, path = '', type = ''] = line.split(' ').map((field) => field.replaceAll(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))));
  return path === '' || passedOver.has(type) ? [] : [{ path, type }];
}
