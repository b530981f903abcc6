import { afterAll, beforeAll, describe, expect } from 'vitest';
import { buildServer } from '../../src/server/app.ts';
import { useDatabase } from '../support/database.ts';
import { promtoolComplaints } from '../support/prometheus.ts';
import { needing, promtool } from '../support/tools.ts';
import { oddNumbers, oddTexts } from './table.ts';

const test = needing(promtool);

describe('promtool', () => {
  const db = useDatabase();
  let server: ReturnType<typeof buildServer>;

  beforeAll(async () => {
    server = buildServer({ pool: db.pool });
    const runtime = await db.value(`select noetl.register_runtime('worker-1', 'worker_pool')`);
    await db.rows(
      `insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value, labels, help_text)
       select $1::bigint, 'interop_text', 'gauge', place, jsonb_build_object('text', text), text
       from unnest($2::text[]) with ordinality as t (text, place)
       union all
       select $1, 'interop_number', 'gauge', number, jsonb_build_object('place', place), null
       from unnest($3::float8[]) with ordinality as t (number, place)`,
      [runtime, Object.values(oddTexts), oddNumbers.map((number) => (Object.is(number, -0) ? '-0' : String(number)))],
    );
    await db.rows(
      `select noetl.inc('interop_orders_total', '{"queue": "a"}', 2), noetl.observe('interop_wait_seconds', 0.25, '{}'),
         noetl.set('interop_level', -1, '{}')`,
    );
  });
  afterAll(async () => {
    await server.close();
  });

  test('has no complaint about the page that SQL renders', async () => {
    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page).toContain('interop_wait_seconds_bucket{le="0.25"} 1');
    expect(await promtoolComplaints(page)).toEqual([]);
  });

  test("has no complaint about the page that the server serves, with the server's own metrics on it", async () => {
    await server.inject({ url: '/metrics' }); // counted, so that it is on the next page
    const { body } = await server.inject({ url: '/metrics' });
    expect(body).toContain('noetl_http_requests_total');
    expect(body).toContain('interop_orders_total{queue="a"} 2');
    expect(await promtoolComplaints(body)).toEqual([]);
  });

  test('complains of a page that is wrong', async () => {
    expect(await promtoolComplaints('# HELP a b\n# TYPE a stateset\na 1\n')).toHaveLength(1);
    expect(await promtoolComplaints('# TYPE a gauge\na 1\n')).toEqual(['a no help text']);
  });
});
