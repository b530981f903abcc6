import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const text = async (): Promise<string> => db.value<string>('select noetl.prometheus_text()');
const openmetrics = async (): Promise<string> => db.value<string>('select noetl.openmetrics_text()');
const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join('');

/** What the page shows must not depend on whether a fold has read it. */
async function foldedOrNot(check: () => Promise<void>): Promise<void> {
  await check();
  await db.pool.query('select noetl.fold()');
  await check();
}

describe('the page', () => {
  it('is empty before anything is stored', async () => {
    expect(await text()).toBe('');
    expect(await openmetrics()).toBe('# EOF\n');
  });

  it('shows families by name and samples by labels, the last value of each', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels, help_text) values
        ('zone_temperature_celsius', 'gauge', 3, '{"zone": "b"}', 'Temperature of a zone.'),
        ('zone_temperature_celsius', 'gauge', 1, '{"zone": "a"}', null),
        ('zone_temperature_celsius', 'gauge', 2.5, '{"zone": "a"}', null),
        ('jobs_total', 'counter', 12, '{}', 'Jobs that ended.')`);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines(
          '# HELP jobs_total Jobs that ended.',
          '# TYPE jobs_total counter',
          'jobs_total 12',
          '# HELP zone_temperature_celsius Temperature of a zone.',
          '# TYPE zone_temperature_celsius gauge',
          'zone_temperature_celsius{zone="a"} 2.5',
          'zone_temperature_celsius{zone="b"} 3',
        ),
      );
    });
  });

  it('in OpenMetrics names a counter without _total, says the unit and ends in # EOF', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels, help_text, unit) values
        ('busy_seconds_total', 'counter', 12, '{}', 'Time "busy".', 'seconds'),
        ('old_style', 'counter', 1, '{}', null, null),
        ('room_celsius', 'gauge', 21, '{}', null, 'celsius'),
        ('room_size', 'gauge', 4, '{}', null, 'metres')`);

    await foldedOrNot(async () => {
      expect(await openmetrics()).toBe(
        lines(
          '# TYPE busy_seconds counter',
          '# UNIT busy_seconds seconds',
          '# HELP busy_seconds Time \\"busy\\".',
          'busy_seconds_total 12',
          '# TYPE old_style unknown',
          'old_style 1',
          '# TYPE room_celsius gauge',
          '# UNIT room_celsius celsius',
          'room_celsius 21',
          '# TYPE room_size gauge',
          'room_size 4',
          '# EOF',
        ),
      );
    });
  });

  it('assembles a histogram from its parts, and adds what was not reported', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) values
        ('wait_seconds_count', 'histogram', 9, '{"queue": "a"}'),
        ('wait_seconds_bucket', 'histogram', 9, '{"queue": "a", "le": "+Inf"}'),
        ('wait_seconds_bucket', 'histogram', 5, '{"queue": "a", "le": "10"}'),
        ('wait_seconds_bucket', 'histogram', 2, '{"queue": "a", "le": "0.5"}'),
        ('wait_seconds_sum', 'histogram', 70.5, '{"queue": "a"}'),
        ('wait_seconds_bucket', 'histogram', 3, '{"queue": "b", "le": 1}')`);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines(
          '# HELP wait_seconds No help text.',
          '# TYPE wait_seconds histogram',
          'wait_seconds_bucket{queue="a",le="0.5"} 2',
          'wait_seconds_bucket{queue="a",le="10.0"} 5',
          'wait_seconds_bucket{queue="a",le="+Inf"} 9',
          'wait_seconds_sum{queue="a"} 70.5',
          'wait_seconds_count{queue="a"} 9',
          'wait_seconds_bucket{queue="b",le="1.0"} 3',
          'wait_seconds_bucket{queue="b",le="+Inf"} 3',
          'wait_seconds_count{queue="b"} 3',
        ),
      );
    });
  });

  it('assembles a summary from its parts', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) values
        ('wait_seconds_count', 'summary', 9, '{}'),
        ('wait_seconds', 'summary', 3, '{"quantile": 0.99}'),
        ('wait_seconds', 'summary', 1, '{"quantile": "0.5"}'),
        ('wait_seconds_sum', 'summary', 70.5, '{}')`);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines(
          '# HELP wait_seconds No help text.',
          '# TYPE wait_seconds summary',
          'wait_seconds{quantile="0.5"} 1',
          'wait_seconds{quantile="0.99"} 3',
          'wait_seconds_sum 70.5',
          'wait_seconds_count 9',
        ),
      );
    });
  });

  it('knows a series by its labels, however they are spelled', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, labels) values
        ('requests_total', 'counter', 1, '{"code": 200}'),
        ('requests_total', 'counter', 2, '{"zone": "", "code": "200"}'),
        ('requests_total', 'counter', 3, '{"code": "200", "zone": null}')`);

    await foldedOrNot(async () => {
      expect(await text()).toBe(lines('# HELP requests_total No help text.', '# TYPE requests_total counter', 'requests_total{code="200"} 3'));
    });
  });

  it('escapes labels and help', async () => {
    await db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value, labels, help_text) values ($1, 'gauge', 1, $2, $3)`, [
      'odd',
      { path: 'C:\\new\n"x"' },
      'A "help"\nin two \\ lines',
    ]);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines('# HELP odd A "help"\\nin two \\\\ lines', '# TYPE odd gauge', 'odd{path="C:\\\\new\\n\\"x\\""} 1'),
      );
    });
  });

  it.each([
    ['Infinity', '+Inf'],
    ['-Infinity', '-Inf'],
    ['NaN', 'NaN'],
    ['-0', '-0'],
    ['5e-324', '5e-324'],
    ['1e308', '1e+308'],
    ['0.1', '0.1'],
  ])('writes %s as %s', async (value, written) => {
    await db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('v', 'gauge', $1)`, [value]);

    expect(await text()).toBe(lines('# HELP v No help text.', '# TYPE v gauge', `v ${written}`));
  });

  it.each([
    [0, '0.0'], [0.001, '0.001'], [0.05, '0.05'], [1, '1.0'], [10, '10.0'], [100000, '100000.0'], [999999.5, '999999.5'],
    [1e6, '1e+06'], [2.5e6, '2.5e+06'], [123456789, '1.23456789e+08'], [1000000.5, '1.0000005e+06'], [1e10, '1e+10'], [1e14, '1e+14'],
    [1e15, '1e+15'], [1.5e300, '1.5e+300'], [1e-5, '1e-05'], [-2.5e6, '-2.5e+06'], [Infinity, '+Inf'], [-Infinity, '-Inf'],
  ])('writes the bound %d as %s', async (bound, written) => {
    expect(await db.value('select _noetl.bound_text($1)', [bound])).toBe(written);
  });

  it('shows new lines among those of their family, of which none is written again', async () => {
    const shelves = (...names: string[]) => db.rows(
      `insert into noetl.metric (metric_name, metric_type, metric_value, labels)
       select 'shelf_items', 'gauge', 1, jsonb_build_object('shelf', s) from unnest($1::text[]) as s`, [names]);
    const places = async () => db.rows<{ line: string }>(`select s.prefix::text as line, s.ctid::text as place from _noetl.state as s order by 1`);
    await shelves('m', 'c', 'x', 'n');
    await db.rows('select noetl.fold()');
    const before = await places();
    await shelves('d', 'a', 'z', 'ma', 'M', 'mb');
    await db.rows('select noetl.fold()');
    expect((await places()).filter(({ line }) => before.some((old) => old.line === line))).toEqual(before);
    expect(await text()).toBe(lines(
      '# HELP shelf_items No help text.', '# TYPE shelf_items gauge',
      ...['M', 'a', 'c', 'd', 'm', 'ma', 'mb', 'n', 'x', 'z'].map((shelf) => `shelf_items{shelf="${shelf}"} 1`)));
  });

  it('has room for any number of lines between two others', async () => {
    const shelves = ['a', 'b'];
    await db.rows(`select noetl.set('shelf_items', 1, jsonb_build_object('shelf', s)) from unnest('{a,b}'::text[]) as s`);
    await db.rows('select noetl.fold()');
    for (let count = 1; count <= 25; count += 1) {
      // each between the first and the one that came before it
      const shelf = `${'a'.repeat(count + 1)}b`;
      shelves.push(shelf);
      await db.rows(`select noetl.set('shelf_items', 1, $1)`, [JSON.stringify({ shelf })]);
      await db.rows('select noetl.fold()');
    }
    expect(await text()).toBe(lines(
      '# HELP shelf_items No help text.', '# TYPE shelf_items gauge', ...shelves.toSorted().map((shelf) => `shelf_items{shelf="${shelf}"} 1`)));
  });

  it('has every digit of a number, whatever extra_float_digits says in the sessions that fold, declare and read', async () => {
    const client = await db.pool.connect();
    try {
      await client.query(`
        set extra_float_digits = 0;
        select noetl.declare_metric('third_seconds', 'histogram', buckets => array[0.1::float8 + 0.2::float8]);
        select noetl.observe('third_seconds', 1::float8 / 3), noetl.set('third', 2::float8 / 3)`);
      for (const after of ['', 'select noetl.fold()', `select noetl.declare_metric('third_seconds', 'histogram', per_component => false)`]) {
        await client.query(after);
        const { rows } = await client.query<{ text: string; since: string }>(`
          select noetl.prometheus_text() as text, string_agg(s.body, '' order by s.family) as since from noetl.page_since(false) as s`);
        expect(rows).toEqual([{ text: rows[0]?.text, since: rows[0]?.text }]);
        expect(rows[0]?.text).toBe(
          lines(
            '# HELP third No help text.',
            '# TYPE third gauge',
            'third 0.6666666666666666',
            '# HELP third_seconds No help text.',
            '# TYPE third_seconds histogram',
            'third_seconds_bucket{le="0.30000000000000004"} 0',
            'third_seconds_bucket{le="+Inf"} 1',
            'third_seconds_sum 0.3333333333333333',
            'third_seconds_count 1',
          ),
        );
      }
    } finally {
      client.release(true);
    }
  });

  it('can be read one family at a time', async () => {
    await db.pool.query(`select noetl.inc('a_total'), noetl.inc('b_total')`);

    expect(await db.rows(`select family, body from noetl.prometheus_exposition where family = 'b_total'`)).toEqual([
      { family: 'b_total', body: lines('# HELP b_total No help text.', '# TYPE b_total counter', 'b_total 1') },
    ]);
  });
});

describe('components on the page', () => {
  const register = async (name: string): Promise<unknown> => db.value(`select noetl.register_runtime($1, 'worker_pool')`, [name]);

  it('tell their samples apart by labels of their own', async () => {
    for (const name of ['w1', 'w2']) {
      await db.pool.query(`select noetl.inc('jobs_total', '{"queue": "a"}', 2, $1)`, [await register(name)]);
    }

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines(
          '# HELP jobs_total No help text.',
          '# TYPE jobs_total counter',
          'jobs_total{component="w1",component_type="worker_pool",queue="a"} 2',
          'jobs_total{component="w2",component_type="worker_pool",queue="a"} 2',
        ),
      );
    });
  });

  it('share a family that is declared so: counters and histograms are summed', async () => {
    await db.pool.query(`
      select noetl.declare_metric('jobs_total', 'counter', per_component => false),
        noetl.declare_metric('wait_seconds', 'histogram', buckets => '{1, 10}', per_component => false)`);
    for (const name of ['w1', 'w2']) {
      await db.pool.query(`select noetl.inc('jobs_total', '{}', 2, $1), noetl.observe('wait_seconds', 5, '{}', $1)`, [await register(name)]);
    }

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines(
          '# HELP jobs_total No help text.',
          '# TYPE jobs_total counter',
          'jobs_total 4',
          '# HELP wait_seconds No help text.',
          '# TYPE wait_seconds histogram',
          'wait_seconds_bucket{le="1.0"} 0',
          'wait_seconds_bucket{le="10.0"} 2',
          'wait_seconds_bucket{le="+Inf"} 2',
          'wait_seconds_sum 10',
          'wait_seconds_count 2',
        ),
      );
    });
  });

  it.each([['last', 3], ['sum', 10], ['min', 3], ['max', 7], ['avg', 5]])(
    'share a gauge by its rule: %s', async (aggregate, shown) => {
      await db.pool.query(`select noetl.declare_metric('depth', 'gauge', per_component => false, aggregate => $1)`, [aggregate]);
      await db.pool.query(`select noetl.set('depth', 7, '{}', $1)`, [await register('w1')]);
      await db.pool.query(`select noetl.set('depth', 3, '{}', $1)`, [await register('w2')]);

      await foldedOrNot(async () => {
        expect(await text()).toBe(lines('# HELP depth No help text.', '# TYPE depth gauge', `depth ${shown}`));
      });
    },
  );

  it('never overwrite a label of the user', async () => {
    await db.pool.query(`select noetl.set('depth', 1, '{"component": "mine"}', $1)`, [await register('w1')]);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines('# HELP depth No help text.', '# TYPE depth gauge', 'depth{component="mine",component_type="worker_pool"} 1'),
      );
    });
  });

  it('that come to the same line by that write it once', async () => {
    await db.pool.query(`select noetl.inc('jobs_total', '{"component": "w2"}', 1, $1), noetl.inc('jobs_total', '{}', 2, $2)`, [
      await register('w1'),
      await register('w2'),
    ]);

    await foldedOrNot(async () => {
      expect(await text()).toBe(
        lines('# HELP jobs_total No help text.', '# TYPE jobs_total counter', 'jobs_total{component="w2",component_type="worker_pool"} 3'),
      );
    });
  });

  it('take their series with them when they go offline, and bring them back', async () => {
    const id = await register('w1');
    await db.pool.query(`select noetl.inc('jobs_total', '{}', 2, $1), noetl.observe('wait_seconds', 1, '{}', $1)`, [id]);
    const page = await text();

    await db.pool.query(`select noetl.heartbeat($1, 'offline')`, [id]);
    expect(await text()).toBe('');
    await db.pool.query(`select noetl.heartbeat($1)`, [id]);
    expect(await text()).toBe(page);
  });

  it('that never promised to beat are never lost', async () => {
    await db.pool.query(`select noetl.use_component('sql', 'script')`);
    await db.pool.query(`select noetl.record_metrics('{"component": {"name": "curl", "type": "script"}, "increments": [{"name": "jobs_total"}]}')`);
    await db.pool.query(`select noetl.report_metrics('{"component": {"name": "report", "type": "script", "labels": {"a": "b"}}, "metrics": []}')`);
    await db.pool.query(`select noetl.push_metrics('{"job": "nightly"}', E'a 1\n')`);
    const states = `select string_agg(distinct state, ', ') from noetl.component where runtime_id <> 0`;
    expect(await db.value(states)).toBe('ready');
    expect(await db.value(`select noetl.sweep_runtimes(now() + interval '1 day')`)).toEqual([]);
    expect(await db.value(states)).toBe('ready');
  });

  it('that say no good-bye are offline when they are silent', async () => {
    const id = await register('sdk');
    await db.pool.query(`update noetl.runtime set leaves_silently = true, last_heartbeat = now() - interval '61 seconds' where runtime_id = $1`, [id]);
    const state = (): Promise<unknown> => db.value('select state from noetl.component where runtime_id = $1', [id]);
    expect(await state()).toBe('offline');
    expect(await db.value('select noetl.sweep_runtimes()')).toEqual([id]);
    expect(await state()).toBe('offline');
  });

  it('that are overdue are found by the sweep', async () => {
    const [late, early] = [await register('late'), await register('early')];
    await db.pool.query(`select noetl.inc('jobs_total', '{}', 2, $1), noetl.observe('wait_seconds', 1, '{}', $1)`, [late]);
    const page = await text();
    await db.pool.query(`update noetl.runtime set last_heartbeat = now() - interval '61 seconds' where runtime_id = $1`, [late]);

    expect(await db.value('select noetl.sweep_runtimes()')).toEqual([late]);
    expect(await db.rows('select runtime_id, status from noetl.runtime where runtime_id > 0 order by 1')).toEqual([
      { runtime_id: late, status: 'lost' },
      { runtime_id: early, status: 'ready' },
    ]);
    // what it has counted is still true
    expect(await text()).toBe(page);
    await db.pool.query(`select noetl.heartbeat($1)`, [late]);
    expect(await db.value('select status from noetl.runtime where runtime_id = $1', [late])).toBe('ready');
  });
});

describe('a gauge', () => {
  it('leaves the page when it is stale', async () => {
    await db.pool.query(`
      insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp") values
        ('fresh', 'gauge', 1, now() - interval '4 minutes'), ('stale', 'gauge', 1, now() - interval '6 minutes')`);

    await foldedOrNot(async () => {
      expect(await db.rows('select family from noetl.prometheus_exposition')).toEqual([{ family: 'fresh' }]);
    });
    await db.pool.query(`select noetl.set_setting('staleness', '10 minutes')`);
    expect(await db.rows('select family from noetl.prometheus_exposition')).toEqual([{ family: 'fresh' }, { family: 'stale' }]);
  });

  it('is not set back by a sample that comes late', async () => {
    const store = async (value: number, age: string): Promise<unknown> =>
      db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp") values ('g', 'gauge', $1, now() - $2::interval)`, [value, age]);
    await store(2, '1 minute');
    await db.pool.query('select noetl.fold()');
    await store(1, '2 minutes');

    await foldedOrNot(async () => {
      expect(await text()).toContain('\ng 2\n');
    });
  });

  it.each(['folded', 'not folded'])('is not held by a sample that a clock left in the future, %s', async (state) => {
    await db.pool.query(`select noetl.set_setting('max_ahead', '2 days')`);
    await db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp") values ('g', 'gauge', 1, now() + interval '1 day')`);
    if (state === 'folded') await db.pool.query('select noetl.fold()');
    await db.pool.query(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('g', 'gauge', 2)`);

    await foldedOrNot(async () => {
      expect(await text()).toContain('\ng 2\n');
    });
  });
});
