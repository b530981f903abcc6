import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const insert = (columns: string, values: string): string => `insert into noetl.metric (${columns}) values ${values}`;
const gauge = (name: string, labels: string): string =>
  insert('metric_name, metric_type, metric_value, labels', `('${name}', 'gauge', 1, '${labels}')`);

describe('a sample', () => {
  it('needs a name, a type and a value, and gets everything else', async () => {
    await db.pool.query(insert('metric_name, metric_type, metric_value', `('queue_depth', 'gauge', 7)`));

    expect(
      await db.row(`
        select runtime_id::int, metric_name, metric_type, metric_value, labels, help_text, unit, metadata,
          "timestamp" = created_at as measured_when_stored, expires_at - created_at = interval '1 day' as kept_for_a_day
        from noetl.metrics`),
    ).toEqual({
      runtime_id: 0,
      metric_name: 'queue_depth',
      metric_type: 'gauge',
      metric_value: 7,
      labels: {},
      help_text: null,
      unit: null,
      metadata: null,
      measured_when_stored: true,
      kept_for_a_day: true,
    });
  });

  it('belongs to the component that the session names', async () => {
    const session = await db.session();
    const { rows } = await session.query<{ id: number }>(`select noetl.use_component('crawler', 'worker_pool')::int as id`);
    await session.query(insert('metric_name, metric_type, metric_value', `('queue_depth', 'gauge', 7)`));

    expect(await db.value('select runtime_id::int from noetl.metric')).toBe(rows[0]?.id);
  });

  it('is stored through the view as through the table', async () => {
    await db.pool.query(`insert into noetl.metrics (metric_name, metric_type, metric_value) values ('queue_depth', 'gauge', 7)`);
    await db.pool.query('update noetl.metrics set metric_value = 8');

    expect(await db.rows('select metric_name, metric_value from noetl.metric')).toEqual([
      { metric_name: 'queue_depth', metric_value: 8 },
    ]);
  });

  it('that has expired is hidden by the view while its partition still stands', async () => {
    await db.pool.query(
      insert('metric_name, metric_type, metric_value, expires_at', `('queue_depth', 'gauge', 7, now() - interval '1 second')`),
    );

    expect(await db.value('select count(*)::int from noetl.metric')).toBe(1);
    expect(await db.value('select count(*)::int from noetl.metrics')).toBe(0);
  });
});

describe('bad input is refused with the field and the rule', () => {
  it.each([
    ['a name with a dot', gauge('queue.depth', '{}'), 'metric_name', 'metric_name: "queue.depth" must match [a-zA-Z_:][a-zA-Z0-9_:]*'],
    ['an empty name', gauge('', '{}'), 'metric_name', 'metric_name: "" must match [a-zA-Z_:][a-zA-Z0-9_:]*'],
    ['a name of 300 characters', gauge('x'.repeat(300), '{}'), 'metric_name', 'metric_name: has 300 bytes, of at most 255 (the setting max_name_bytes)'],
    [
      'a label name with a dash',
      gauge('depth', '{"a-b": "1"}'),
      'labels',
      'labels: the name "a-b" must match [a-zA-Z_][a-zA-Z0-9_]* and must not begin with __',
    ],
    [
      'a reserved label name',
      gauge('depth', '{"__name__": "x"}'),
      'labels',
      'labels: the name __name__ must match [a-zA-Z_][a-zA-Z0-9_]* and must not begin with __',
    ],
    [
      'a label value that is an object',
      gauge('depth', '{"zone": {"a": 1}}'),
      'labels',
      'labels: the value of zone must be a string, number or boolean, not an object',
    ],
    ['labels that are a list', gauge('depth', '["a"]'), 'labels', 'labels: must be an object of names and values, not array'],
    [
      'an unknown type',
      insert('metric_name, metric_type, metric_value', `('depth', 'meter', 1)`),
      'metric_type',
      'metric_type: "meter" is none of counter, gauge, histogram, summary, untyped',
    ],
    [
      'a bucket without its bound',
      insert('metric_name, metric_type, metric_value', `('wait_seconds_bucket', 'histogram', 1)`),
      'labels',
      'labels: a sample whose name ends in _bucket needs the label le',
    ],
    [
      'a bucket whose bound is no number',
      insert('metric_name, metric_type, metric_value, labels', `('wait_seconds_bucket', 'histogram', 1, '{"le": "wide"}')`),
      'labels',
      'labels: le must be a number, not "wide"',
    ],
    [
      'a counter below zero',
      insert('metric_name, metric_type, metric_value', `('jobs_total', 'counter', -1)`),
      'metric_value',
      'metric_value: a counter must be 0 or more, not -1',
    ],
    [
      'a counter that is not a number',
      insert('metric_name, metric_type, metric_value', `('jobs_total', 'counter', 'NaN')`),
      'metric_value',
      'metric_value: a counter must be 0 or more, not NaN',
    ],
    [
      'an infinite observation',
      insert('metric_name, metric_type, metric_value', `('wait_seconds', 'histogram', 'Infinity')`),
      'metric_value',
      'metric_value: an observation must be between -1e300 and 1e300, not Infinity',
    ],
    [
      'half a count',
      insert('metric_name, metric_type, metric_value', `('wait_seconds_count', 'histogram', 0.5)`),
      'metric_value',
      'metric_value: a count must be a whole number from 0 to 1e300, not 0.5',
    ],
    [
      'a component that nobody registered',
      insert('runtime_id, metric_name, metric_type, metric_value', `(4711, 'depth', 'gauge', 1)`),
      'runtime_id',
      'runtime_id: there is no component 4711',
    ],
  ])('%s', async (_, statement, column, message) => {
    const refusal = await db.refusal(statement);

    expect({ message: refusal.message, column: refusal.column, table: refusal.table }).toEqual({ message, column, table: 'metric' });
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
  });

  it('a null value', async () => {
    const refusal = await db.refusal(insert('metric_name, metric_type, metric_value', `('depth', 'gauge', null)`));

    expect({ code: refusal.code, column: refusal.column }).toEqual({ code: '23502', column: 'metric_value' });
  });

  it('a second type for one name, whichever component reports it', async () => {
    await db.pool.query(insert('metric_name, metric_type, metric_value', `('depth', 'gauge', 1)`));
    const other = await db.value(`select noetl.register_runtime('other', 'worker_pool')`);

    const statement = insert('runtime_id, metric_name, metric_type, metric_value', `(${String(other)}, 'depth', 'counter', 1)`);
    expect((await db.refusal(statement)).message).toBe('metric_type: depth is not a counter: it is a gauge already');
    await db.pool.query('select noetl.fold()');
    expect((await db.refusal(statement)).message).toBe('metric_type: depth is not a counter: it is a gauge already');
  });

  it('a name that another family writes on the page', async () => {
    await db.pool.query(`select noetl.observe('wait_seconds', 1)`);

    expect((await db.refusal(insert('metric_name, metric_type, metric_value', `('wait_seconds_count', 'gauge', 1)`))).message).toBe(
      'metric_type: wait_seconds_count is not a gauge: another family writes one of its names',
    );
  });

  it('and nothing else of the statement is stored', async () => {
    await db.refusal(
      insert('metric_name, metric_type, metric_value, labels', `('good', 'gauge', 1, '{}'), ('bad', 'gauge', 1, '{"a": []}')`),
    );

    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
    expect(await db.value('select noetl.prometheus_text()')).toBe('');
  });

  it('two label sets under one fingerprint', async () => {
    await db.pool.query(gauge('depth', '{"zone": "a"}'));
    await db.pool.query('select noetl.fold()');
    // No two label sets with one fingerprint are known: the stored one is changed instead.
    await db.pool.query(`update _noetl.series set labels = '{"zone": "b"}'`);

    expect((await db.refusal(gauge('depth', '{"zone": "a"}'))).message).toBe(
      'labels: depth{"zone": "a"} and depth{"zone": "b"} have the same fingerprint; change a label',
    );
  });
});

describe('a report', () => {
  it('stores a batch for a component and counts as its heartbeat', async () => {
    const id = await db.value(`select noetl.register_runtime('crawler', 'worker_pool')`);
    await db.pool.query(`update noetl.runtime set last_heartbeat = now() - interval '1 hour', status = 'offline' where runtime_id = $1`, [id]);

    expect(
      await db.value('select noetl.report($1, $2)::int', [
        id,
        JSON.stringify([
          { metric_name: 'depth', metric_type: 'gauge', metric_value: 3, labels: { queue: 'a' } },
          { metric_name: 'depth', metric_type: 'gauge', metric_value: '-Inf', labels: { queue: 'b' }, metadata: { job: 1 } },
        ]),
      ]),
    ).toBe(2);
    expect(await db.rows('select metric_value, labels, metadata from noetl.metric order by metric_id')).toEqual([
      { metric_value: 3, labels: { queue: 'a' }, metadata: null },
      { metric_value: -Infinity, labels: { queue: 'b' }, metadata: { job: 1 } },
    ]);
    expect(
      await db.row(`select status, last_heartbeat > now() - interval '1 minute' as beat from noetl.runtime where runtime_id = $1`, [id]),
    ).toEqual({ status: 'ready', beat: true });
  });

  it.each([
    [[{ metric_name: 'a', metric_type: 'gauge', metric_value: 1 }, { metric_name: 'a b', metric_type: 'gauge', metric_value: 1 }],
      'metrics[1].metric_name: "a b" must match [a-zA-Z_:][a-zA-Z0-9_:]*'],
    [[{ metric_name: 'a', metric_type: 'gauge' }], 'metrics[0].metric_value: must be a number, or "NaN", "+Inf" or "-Inf"'],
    [[{ metric_name: 'a', metric_type: 'gauge', metric_value: 'many' }], 'metrics[0].metric_value: must be a number, or "NaN", "+Inf" or "-Inf"'],
    [[{ metric_name: 'a', metric_type: 'gauge', metric_value: '1e-400' }], 'metrics[0].metric_value: is out of the range of double precision'],
    [[7], 'metrics[0].sample: must be an object, not number'],
    [{ metric_name: 'a' }, 'metrics: must be an array of samples, not object'],
  ])('names a bad sample by index, field and rule: %j', async (metrics, message) => {
    expect((await db.refusal('select noetl.report(0, $1)', [JSON.stringify(metrics)])).message).toBe(message);
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
  });

  it('for an unknown component is refused', async () => {
    expect((await db.refusal(`select noetl.report(4711, '[]')`)).message).toBe('runtime_id: there is no component 4711');
  });
});

describe('noetl.set_many()', () => {
  const refused = async (items: string): Promise<string> => (await db.refusal(`select noetl.set_many('${items}')`)).message;

  it('takes whatever a double precision can hold', async () => {
    await db.rows(`select noetl.set_many('[{"name": "g", "value": 5e-324, "labels": {"n": 1}}, {"name": "g", "value": " -inf ", "labels": {"n": 2}},
      {"name": "g", "value": 1.7976931348623157e308, "labels": {"n": 3}}, {"name": "g", "value": "NaN", "labels": {"n": 4}}]')`);

    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page.match(/(?<=^g.* )\S+$/gm)).toEqual(['5e-324', '-Inf', '1.7976931348623157e+308', 'NaN']);
  });

  it.each(['1e400', '-1e309', '1e-400', '"1e99999"'])('refuses %s, which it cannot', async (value) => {
    expect(await refused(`[{"name": "g", "value": 1}, {"name": "g", "value": ${value}}]`)).toBe('gauges[1].value: is out of the range of double precision');
  });

  it.each([
    ['"many"', 'must be a number, or "NaN", "+Inf" or "-Inf"'],
    ['true', 'must be a number, or "NaN", "+Inf" or "-Inf"'],
    ['null', 'is missing'],
  ])('refuses %s, of a known series too', async (value, rule) => {
    await db.rows(`select noetl.set('known', 1)`);
    await db.rows('select noetl.fold()');

    expect(await refused(`[{"name": "known", "value": ${value}}]`)).toBe(`gauges[0].value: ${rule}`);
    expect(await refused(`[{"name": "new", "value": ${value}}]`)).toBe(`gauges[0].value: ${rule}`);
  });
});
