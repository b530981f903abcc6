import { describe, expect, it } from 'vitest';
import { collectRemotes } from '../../src/remote.ts';
import { connected, urlOf } from '../support/connection.ts';
import { useDatabase } from '../support/database.ts';

const db = useDatabase();

const collect = async (from: string, collectors?: string[]): Promise<{ well: boolean; said: string[] }> => {
  const said: string[] = [];
  const well = await collectRemotes(db.url, { from: [from], names: ['far'], collectors, once: true }, (line) => said.push(line));
  return { well, said };
};
const page = async (pattern: RegExp): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => pattern.test(line)).toSorted();

describe('a database elsewhere', () => {
  it('is read with nothing of ours in it, as a component whose lines name the server', async () => {
    const far = urlOf(db.url, 'postgres');
    expect(await collect(far)).toEqual({ well: true, said: [] });
    expect(await page(/^noetl_postgres_(max_connections|checkpoints_total|connections\{.*"idle")/)).toEqual([
      expect.stringMatching(/^noetl_postgres_checkpoints_total\{kind="requested",server="far"\} \d+$/),
      expect.stringMatching(/^noetl_postgres_checkpoints_total\{kind="timed",server="far"\} \d+$/),
      expect.stringMatching(/^noetl_postgres_connections\{server="far",state="idle"\} \d+$/),
      expect.stringMatching(/^noetl_postgres_max_connections\{server="far"\} \d+$/),
    ]);
    expect(await page(/^noetl_collector_success\{collector="postgres_wal",/)).toEqual(['noetl_collector_success{collector="postgres_wal",component="far"} 1']);
    expect(await db.rows(`select name, component_type, status from noetl.runtime where name = 'far'`)).toEqual([{ name: 'far', component_type: 'postgres', status: 'ready' }]);
    await connected(far, async (client) => {
      expect((await client.query(`select from pg_namespace where nspname like '%noetl'`)).rowCount).toBe(0);
    });
  });

  it('is asked by the queries that one names, without writing there; a fault of one is its own', async () => {
    await db.rows('create table here ()');
    await db.rows(`select noetl.add_collector('sum', 'select 7 as value')`);
    await db.rows(`select noetl.add_collector('local', 'select count(*) as value from public.here')`);
    const { well, said } = await collect(urlOf(db.url, 'postgres'), ['sum', 'local']);
    expect([well, said]).toEqual([false, ['far: local: relation "public.here" does not exist']]);
    expect(await page(/^(sum|local)\b/)).toEqual(['local 0', 'sum 7', 'sum{server="far"} 7']);
    expect(await page(/^noetl_collector_success\{collector="(sum|local)",component/)).toEqual([
      'noetl_collector_success{collector="local",component="far"} 0',
      'noetl_collector_success{collector="sum",component="far"} 1',
    ]);
  });

  it('that is away leaves the page', async () => {
    const away = new URL(db.url);
    away.port = '1';
    const { well, said } = await collect(away.href);
    expect([well, said]).toEqual([false, [expect.stringMatching(/^far: collect: .*ECONNREFUSED/)]]);
    expect(await page(/server="far"/)).toEqual([]);
    expect(await page(/^noetl_collector_success\{collector="sum",component/)).toEqual(['noetl_collector_success{collector="sum",component="far"} 0']);
    expect(await collect(urlOf(db.url, 'postgres'), ['sum'])).toEqual({ well: true, said: [] });
    expect(await page(/^sum/)).toEqual(['sum 7', 'sum{server="far"} 7']);
  });
});
