import { describe, expect, it } from 'vitest';
import { clock, Overdue } from '../../src/server/database.ts';
import { inTurns } from '../../src/server/turns.ts';

/** Work that ends when told to. */
function pieces(): { work: (deadline: number) => Promise<string>; begun: { deadline: number; end: (result: string) => void }[] } {
  const begun: { deadline: number; end: (result: string) => void }[] = [];
  return { begun, work: (deadline) => new Promise((resolve) => begun.push({ deadline, end: resolve })) };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('callers at the same time', () => {
  it('share work that has not begun, and never work that has', async () => {
    const { work, begun } = pieces();
    const ask = inTurns(work);
    const late = clock() + 60_000;
    const early = [ask(late), ask(late)];
    await settle();
    const after = [ask(late), ask(late), ask(late)];
    await settle();
    expect(begun).toHaveLength(1);

    begun[0]?.end('before');
    expect(await Promise.all(early)).toEqual(['before', 'before']);
    await settle();
    expect(begun).toHaveLength(2);
    begun[1]?.end('after');
    expect(await Promise.all(after)).toEqual(['after', 'after', 'after']);
  });

  it('give their work the time of the most patient, and wait only their own', async () => {
    const { work, begun } = pieces();
    const ask = inTurns(work);
    const now = clock();
    const hasty = ask(now + 1);
    const patient = ask(now + 60_000);
    await expect(hasty).rejects.toThrow(Overdue);
    expect(begun.map(({ deadline }) => deadline)).toEqual([now + 60_000]);
    begun[0]?.end('done');
    expect(await patient).toBe('done');
  });

  it('share a failure too, after which the next is tried anew', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve('back')];
    const ask = inTurns(async () => answers.shift() ?? 'none');
    const late = clock() + 60_000;
    const failing = [ask(late), ask(late)];
    await expect(failing[0]).rejects.toThrow('away');
    await expect(failing[1]).rejects.toThrow('away');
    expect(await ask(late)).toBe('back');
  });
});
