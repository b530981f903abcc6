import { fsSize } from 'systeminformation';
import { expect, it } from 'vitest';
import { fileSystems } from '../../src/host/disks.ts';

it('file systems are those of df, with its sizes, and the root among them', async () => {
  const [ours, theirs] = [await fileSystems(), await fsSize()];
  const sizes = (all: readonly { mount: string; size: number }[]): Map<string, number> => new Map(all.map(({ mount, size }) => [mount, size]));
  expect([...sizes(theirs)]).toEqual(expect.arrayContaining([...sizes(ours)]));
  const root = ours.find(({ mount }) => mount === '/');
  const judge = theirs.find(({ mount }) => mount === '/');
  // both change while others write
  expect((root?.used ?? 0) / (judge?.used ?? 0)).toBeCloseTo(1, 1);
  expect((root?.available ?? 0) / (judge?.available ?? 0)).toBeCloseTo(1, 1);
});
