import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

/** As many series as a session remembers a batch of: of fewer it looks up each. */
const many = 100;

/** Gauges `depth{q="1"}` to `depth{q="100"}` of a component. */
const store = (client: Client, runtimeId: unknown, value: number): Promise<unknown> =>
  client.query(
    `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels)
     select $1, 'depth', 'gauge', $2, jsonb_build_object('q', q::text) from generate_series(1, ${many}) as q`,
    [runtimeId, value],
  );

/** How many series of depth the page shows with each value. */
async function shown(): Promise<Record<string, number>> {
  const page = await db.value<string>('select noetl.prometheus_text()');
  const values = [...page.matchAll(/^depth\{.* (.*)$/gm)].map(([, value = '']) => value);
  return Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((each) => each === value).length]));
}

/** A session that has stored the series twice after the fold merged them, so that it need not look them up. */
async function acquainted(runtimeId: unknown): Promise<Client> {
  const writer = await db.session();
  await store(writer, runtimeId, 1);
  await db.rows('select noetl.fold()');
  await store(writer, runtimeId, 2);
  await store(writer, runtimeId, 3);
  const { rows } = await writer.query<{ known: string }>(`select current_setting('noetl.known_batches') as known`);
  expect(rows[0]?.known).toMatch(/^;[0-9a-f]{64}$/);
  return writer;
}

describe('a session that stores the same series again', () => {
  it('is refused when their component is gone', async () => {
    const id = await db.value(`select noetl.register_runtime('w', 'worker_pool')`);
    const writer = await acquainted(id);
    await db.rows('delete from noetl.runtime where runtime_id = $1', [id]);

    await expect(store(writer, id, 4)).rejects.toThrow(`runtime_id: there is no component ${String(id)}`);
  });

  it('registers them again when maintenance has removed them', async () => {
    const later = `now() + interval '3 days'`;
    const writer = await acquainted(0);
    while ((await db.value('select count(*)::int from noetl.metric')) !== 0) await db.rows(`select noetl.cleanup_expired_metrics(${later})`);
    for (let call = 0; call < 3; call += 1) await db.rows(`select noetl.remove_idle_series(${later})`);
    expect(await db.value(`select count(*)::int from _noetl.series where metric_name = 'depth'`)).toBe(0);
    await store(writer, 0, 4);

    expect(await shown()).toEqual({ 4: many });
  });

  it('is refused a value that no page could show', async () => {
    const writer = await db.session();
    const count = (value: number): Promise<unknown> =>
      writer.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('jobs_total', 'counter', $1)`, [value]);
    await count(1);
    await db.rows('select noetl.fold()');
    await count(2);

    await expect(count(-1)).rejects.toThrow('metric_value: a counter must be 0 or more, not -1');
  });

  it('looks up a set of as many others', async () => {
    const writer = await acquainted(0);
    await expect(
      writer.query(
        `insert into noetl.metric (metric_name, metric_type, metric_value, labels)
         select 'depth', 'gauge', 1, jsonb_build_object('q', q::text) from generate_series(2, ${many + 1}) as q`,
      ),
    ).resolves.toBeDefined();

    expect(await shown()).toEqual({ 1: many, 3: 1 });
  });

  it('forgets what a rolled back transaction taught it', async () => {
    const writer = await db.session();
    await writer.query('begin');
    await store(writer, 0, 1);
    await writer.query('select noetl.fold()');
    await store(writer, 0, 2);
    await writer.query('rollback');
    await store(writer, 0, 3);

    expect(await shown()).toEqual({ 3: many });
  });
});
