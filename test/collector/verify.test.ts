import { describe, expect, it } from 'vitest';
import { verifyDatabase } from '../../src/verify.ts';
import { useDatabase } from '../support/database.ts';
import { slow, useWorkers } from '../worker/worker.ts';

const db = useDatabase({ per: 'test' });
const start = useWorkers();

async function verified(url = db.url): Promise<{ well: boolean; text: string; marks: string[] }> {
  const said: string[] = [];
  const well = await verifyDatabase(url, (line) => said.push(line));
  const text = said.join('\n');
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  return { well, text, marks: said.map((line) => line.split(/\s{2,}|\n/)[0] ?? '') };
}

describe('verifying', () => {
  it('ticks every part of an installation that a server runs on', async () => {
    await start(db.url, 'here', slow);
    const { well, marks, text } = await verified();
    expect(marks).toEqual([
      '✓ connection',
      '✓ version',
      '✓ installation',
      '✓ roles',
      '✓ days ahead',
      '✓ schedule',
      '✓ components',
      '✓ locks',
      '✓ maintenance',
      '✓ partitions',
      '✓ postgres_connections',
      '✓ postgres_databases',
      '✓ postgres_replication',
      '✓ postgres_server',
      '✓ postgres_size',
      '✓ postgres_tables',
      '✓ host',
      '✓ host_disk',
      '✓ process',
      '✓ worker',
      '✓ queue:graphile_worker',
      '✓ page',
    ]);
    expect(text).toContain('✓ days ahead              7 days have a partition');
    expect(well).toBe(true);
  });

  it('crosses what does not work, says what to do, and goes on', async () => {
    await db.rows(`create table source as select 1 as value;
      select noetl.add_collector('mine', 'table source');
      drop table source`);
    const { well, text, marks } = await verified();
    expect(well).toBe(false);
    expect(text).toContain(`✗ schedule                no server has run here yet
                          → Run: noetl-metrics start`);
    expect(text).toContain(`✗ mine                    relation "source" does not exist
                          → Correct what its query reads, or: select
                            noetl.disable_collector('mine')`);
    expect(marks.at(-1)).toBe('✓ page');
  });

  it('crosses the schedule as soon as the last server has stopped', async () => {
    const { stop } = await start(db.url, 'here', slow);
    await stop();
    const { well, text } = await verified();
    expect(well).toBe(false);
    expect(text).toContain('✗ schedule                no server runs');
  });

  it('ends where nothing is installed, or nobody answers', async () => {
    const empty = new URL(db.url);
    empty.pathname = '/postgres';
    expect((await verified(empty.href)).text).toContain('→ Run: noetl-metrics migrate');
    empty.port = '1';
    const { well, marks, text } = await verified(empty.href);
    expect([well, marks]).toEqual([false, ['✗ connection']]);
    expect(text).toContain('ECONNREFUSED');
  });
});
