import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { refusalOf, useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

async function writer(): Promise<Client> {
  const session = await db.session();
  await session.query('set role noetl_writer');
  return session;
}

const gauges = (names: string): string =>
  `insert into noetl.metric (metric_name, metric_type, metric_value) select ${names}, 'gauge', 1 from generate_series(1, 100) as n`;

describe('what a session remembers of rows that were checked', () => {
  it('cannot be made up', async () => {
    const session = await writer();
    const known = await db.value<string>(`
      select string_agg(format(';%s 100 %s %s %s;', f.retired_by, x.zero, x.bits, x.total), '')
      from _noetl.feed as f
      cross join (
        select z.zero, bit_xor(i.id) as bits, sum(i.id) as total
        from generate_series(1, 100) as n
        cross join lateral (select hashint8extended(0, hashtextextended('gauge', hashtextextended('bad-name{x="' || n || '"} 1' || chr(10), jsonb_hash_extended('{}', 0)))) as id) as i
        cross join (values (0), (100)) as z (zero)
        group by z.zero
      ) as x`);
    await session.query(`select set_config('noetl.known_batches', $1, false)`, [known]);
    expect((await refusalOf(session.query(gauges(`'bad-name{x="' || n || '"} 1' || chr(10)`)))).message).toMatch(/^metric_name: /);
    expect(await db.value('select noetl.prometheus_text()')).not.toContain('bad-name');
  });

  it('is of no use for other rows, or of another session', async () => {
    const session = await writer();
    await session.query(gauges(`'good_' || n`));
    await db.rows('select noetl.fold()');
    await session.query(gauges(`'good_' || n`));
    const { rows } = await session.query<{ known: string }>(`select current_setting('noetl.known_batches') as known`);
    const other = await writer();
    await other.query(`select set_config('noetl.known_batches', $1, false)`, [rows[0]?.known]);
    await other.query(gauges(`'good_' || n`));
    expect((await refusalOf(other.query(gauges(`'good-' || n`)))).message).toMatch(/^metric_name: /);
  });

  it('is not to be computed by anybody who may write', async () => {
    const session = await writer();
    expect((await refusalOf(session.query('select * from _noetl.secret'))).message).toBe('permission denied for schema _noetl');
    expect(await db.value(`select has_table_privilege('noetl_admin', '_noetl.secret', 'select')`)).toBe(false);
  });
});

it('a writer who claims to be a fold, or that nothing is to be read, changes no total', async () => {
  await db.rows(`select noetl.observe('took_seconds', n / 10.0) from generate_series(1, 10) as n; select noetl.fold();
    select noetl.observe('took_seconds', 1), noetl.inc('calls_total', '{}', 7)`);
  const before = await db.value('select noetl.prometheus_text()');
  const session = await writer();
  await session.query(`set noetl.fold_until = '1:1:';
    select noetl.declare_metric('took_seconds', 'histogram', buckets => '{0.5,1}'); select noetl.declare_metric('calls_total', 'counter', help => 'Calls.', per_component => false)`);
  await db.rows('select noetl.fold()');
  expect(before).toContain('took_seconds_count 11\n');
  const after = await db.value('select noetl.prometheus_text()');
  expect(after).toContain('took_seconds_bucket{le="0.5"} 5\n');
  expect(after).toContain('took_seconds_count 11\n');
  expect(after).toContain('calls_total 7\n');
});
