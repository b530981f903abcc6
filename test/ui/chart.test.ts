import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

interface Line {
  series: string;
  name: string | null;
  kind: string;
  points: (number | null)[];
}

const db = useDatabase({ per: 'test' });

/** Samples of today, so that none lies in a partition that is not there; the chart ends at `end`. */
const end = "date_bin('1 hour', now(), 'epoch')";

/** Puts a series on the page, and samples so many seconds before the end into the archive. */
async function store(name: string, type: string, samples: readonly (readonly [ago: number, value: number])[], labels: object = {}): Promise<void> {
  await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ($1, $2, $3, $4)`, [
    name, type, samples[0]?.[1], JSON.stringify(labels),
  ]);
  await db.rows('select noetl.fold()');
  await db.rows(
    `select noetl.import_samples(array_agg($1::text), array_agg($2::jsonb), array_agg(${end} - s.ago * interval '1 second'), array_agg(s.value))
     from unnest($3::float8[], $4::float8[]) as s (ago, value)`,
    [name, JSON.stringify(pageLabels(labels)), samples.map(([ago]) => ago), samples.map(([, value]) => value)],
  );
}

/** Each of these values at every 15 seconds until the next one, as scrapes have a running total. */
const held = (samples: readonly (readonly [ago: number, value: number])[]): (readonly [number, number])[] =>
  samples.flatMap(([ago, value], n) => Array.from({ length: (ago - (samples[n + 1]?.[0] ?? -15)) / 15 }, (_, k) => [ago - 15 * k, value] as const));

/** As the page has them: an le of 1 is 1.0. */
const pageLabels = (labels: object): Record<string, string> => {
  const shown: Record<string, string> = {};
  for (const [label, value] of Object.entries(labels as Record<string, unknown>)) {
    if (value !== '') shown[label] = label === 'le' && value === '1' ? '1.0' : String(value);
  }
  return shown;
};

const idOf = async (name: string, part = 'v'): Promise<string> =>
  db.value<string>(
    `select series_id::text from _noetl.series where metric_name = $1 and part = $2 and series_id = canonical_id`,
    [name, part],
  );

const chart = async (...series: string[]): Promise<{ since: number; step: number; lines: Line[] }> =>
  db.value(`select noetl.ui_chart($1::bigint[], ${end})`, [series]);

/** The points of the only line by their seconds before the end; gaps are left out. */
async function points(...series: string[]): Promise<Record<string, number>> {
  const { lines } = await chart(...series);
  expect(lines).toHaveLength(1);
  const found = (lines[0]?.points ?? []).map((point, n) => [(240 - n) * 15, point] as const);
  return Object.fromEntries(found.filter((entry): entry is readonly [number, number] => entry[1] !== null));
}

const steps = (from: number, to: number, value: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: (from - to) / 15 + 1 }, (_, n) => [from - n * 15, value]));

describe('the chart of', () => {
  it('a gauge shows at each step its last sample, until that is stale', async () => {
    await store('level', 'gauge', [[3600, 1], [3585, 2], [3577, 3], [3571, 4], [0, 9]]);
    const { since, step } = await chart(await idOf('level'));
    expect([since, step]).toEqual([(await db.value<number>(`select extract(epoch from ${end})::int`)) - 3600, 15]);
    // stale after 5 minutes: the sample at 3571 holds for the steps to 3271
    expect(await points(await idOf('level'))).toEqual({ 3600: 1, 3585: 2, ...steps(3570, 3285, 4), 0: 9 });
  });

  it('a gauge begins with a sample from before, if that is not stale', async () => {
    await store('level', 'gauge', [[3800, 7]]);
    expect(await points(await idOf('level'))).toEqual(steps(3600, 3510, 7));
  });

  it('a counter shows its growth per second over the last minute, through a restart', async () => {
    await store('done_total', 'counter', held([[3600, 100], [1800, 160], [900, 30]]));
    expect(await points(await idOf('done_total'))).toEqual({
      ...steps(3540, 1815, 0), ...steps(1800, 1755, 1), ...steps(1740, 915, 0), ...steps(900, 855, 0.5), ...steps(840, 0, 0),
    });
  });

  it('a histogram shows its quantiles as Prometheus estimates them', async () => {
    for (const [le, before, after] of [['0.1', 0, 50], ['0.5', 0, 90], ['1', 0, 100], ['+Inf', 0, 100]] as const) {
      await store('wait_seconds_bucket', 'histogram', held([[3600, before], [1800, after]]), { le });
    }
    await store('wait_seconds_count', 'histogram', held([[3600, 0], [1800, 100]]));
    const { lines } = await chart(await idOf('wait_seconds_count', 'c'));
    expect(lines.map(({ name, kind }) => [name, kind])).toEqual([['p50', 'quantile'], ['p95', 'quantile'], ['p99', 'quantile']]);
    const at = (ago: number): (number | null | undefined)[] => lines.map((line) => line.points[240 - ago / 15]);
    expect(at(1815)).toEqual([null, null, null]);
    expect(at(1800)).toEqual([0.1, 0.75, 0.95]);
    expect(at(1755)).toEqual([0.1, 0.75, 0.95]);
    expect(at(1740)).toEqual([null, null, null]);
  });

  it('a histogram that was observed by function is one of its lines', async () => {
    await db.rows(`select noetl.observe('wait_seconds', 0.2)`);
    await db.rows(`select noetl.scrape(${end} - interval '10 minutes')`);
    await db.rows(`select noetl.observe('wait_seconds', 0.2)`);
    await db.rows(`select noetl.scrape(${end} - interval '9 minutes')`);
    const id = await idOf('wait_seconds', 'o');
    const listed = await db.value(`select noetl.ui_series('wait_seconds')`);
    expect(listed).toEqual([{ id, component: null, state: 'ready', labels: '', value: '2', at: null }]);
    const { lines } = await chart(id);
    expect(lines.map(({ name }) => name)).toEqual(['p50', 'p95', 'p99']);
    expect(lines.map(({ points: [...shown] }) => shown[240 - 9 * 4])).toEqual([0.175, 0.2425, 0.2485]);
  });

  it('a summary shows its mean, and each quantile that was reported', async () => {
    await store('delay_seconds_sum', 'summary', held([[3600, 0], [1800, 30]]));
    await store('delay_seconds_count', 'summary', held([[3600, 0], [1800, 60]]));
    await store('delay_seconds', 'summary', [[1800, 0.25]], { quantile: '0.5' });
    expect(await points(await idOf('delay_seconds_count', 'c'))).toEqual(steps(1800, 1755, 0.5));
    expect(await points(await idOf('delay_seconds', 'q'))).toEqual(steps(1800, 1515, 0.25));
  });

  it('several series has their lines in the order asked for; of an unknown one, none', async () => {
    await store('level', 'gauge', [[0, 1]], { a: 'x' });
    await store('other', 'gauge', [[0, 2]]);
    const [level, other] = [await idOf('level'), await idOf('other')];
    expect((await chart(other, '42', level)).lines.map(({ series }) => series)).toEqual([other, level]);
  });

  it('a series under another spelling of its labels is one line', async () => {
    await store('level', 'gauge', [[15, 2]], { code: '200', zone: '' });
    await store('level', 'gauge', [[30, 1]], { code: 200 });
    expect(await points(await idOf('level'))).toMatchObject({ 30: 1, 15: 2, 0: 2 });
  });
});

describe('the list of', () => {
  it('series has their labels, components and values now', async () => {
    await db.rows(`select noetl.declare_metric('jobs', 'gauge', per_component => false)`);
    const worker = await db.value(`select noetl.register_runtime('w', 'worker_pool')`);
    await db.rows(`select noetl.set('jobs', 'Infinity', '{"state": "a"}', $1), noetl.set('jobs', 2, '{"state": "b"}')`, [worker]);
    const listed = await db.value<Record<string, unknown>[]>(`select noetl.ui_series('jobs')`);
    expect(listed.map(({ component, state, labels, value }) => ({ component, state, labels, value }))).toEqual([
      { component: 'w', state: 'ready', labels: 'state="a"', value: '+Inf' },
      { component: null, state: 'ready', labels: 'state="b"', value: '2' },
    ]);
    expect(await db.value(`select noetl.ui_series('nothing')`)).toEqual([]);
  });

  it('components, queues and families is what the page shows first', async () => {
    expect(await db.value('select noetl.ui_overview()')).toMatchObject({ components: [], queues: [] });
    await db.rows(`select noetl.register_runtime('w', 'worker_pool')`);
    await db.rows(`select noetl.declare_metric('noetl_queue_jobs', 'gauge', help => 'Jobs by state.', per_component => false)`);
    await db.rows(
      `select noetl.set('noetl_queue_jobs', jobs, jsonb_build_object('source', 'runs', 'queue', 'a', 'state', state))
       from (values ('ready', 3), ('stuck', 0)) as s (state, jobs)`,
    );
    await db.rows(`select noetl.set('noetl_queue_oldest_ready_seconds', 8, '{"source": "runs", "queue": "a"}'), noetl.fold()`);
    const overview = await db.value<{ components: object[]; queues: object[]; families: { name: string }[] }>('select noetl.ui_overview()');
    expect(overview.components).toMatchObject([{ name: 'w', type: 'worker_pool', state: 'ready', series: 0 }]);
    expect(overview.queues).toEqual([
      { source: 'runs', queue: 'a', jobs: { ready: 3, stuck: 0 }, oldest_ready_seconds: 8, oldest_running_seconds: null },
    ]);
    expect(overview.families.find(({ name }) => name === 'noetl_queue_jobs')).toEqual({
      name: 'noetl_queue_jobs', type: 'gauge', help: 'Jobs by state.', recorded: true, unit: null, series: 2,
    });
  });
});
