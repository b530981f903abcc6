import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const sample = (columns: string, values: string): string =>
  `insert into noetl.metric (metric_name, metric_type, metric_value${columns}) select 'load', 'gauge', 1${values}`;
const long = (bytes: number): string => `repeat('x', ${bytes})`;
const page = async (): Promise<string> => db.value('select noetl.prometheus_text()');
const rejected = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await db.rows<{ reason: string; samples: number }>(`select substring(page_labels from '"(.*)"') as reason, value::int as samples from _noetl.live_gauge where name = 'noetl_samples_rejected_total'`)).map((row) => [row.reason, row.samples]),
  );

describe('what exceeds a limit is refused with the field, the limit and the setting', () => {
  it.each([
    ['a name', `insert into noetl.metric (metric_name, metric_type, metric_value) values (${long(300)}, 'gauge', 1)`,
      'metric_name: has 300 bytes, of at most 255 (the setting max_name_bytes)'],
    ['the name of a label', sample(', labels', `, jsonb_build_object(${long(300)}, 1)`),
      'labels: a name has 300 bytes, of at most 255 (the setting max_name_bytes)'],
    ['the value of a label', sample(', labels', `, jsonb_build_object('a', ${long(10_000_000)})`),
      'labels: a value has 10000000 bytes, of at most 16384 (the setting max_label_value_bytes)'],
    ['all labels', sample(', labels', `, jsonb_object_agg('label_' || i, ${long(8000)}) from generate_series(1, 9) as i`),
      'labels: have 72063 bytes, of at most 65536 (the setting max_labels_bytes)'],
    ['the number of labels', sample(', labels', `, jsonb_object_agg('label_' || i, i) from generate_series(1, 5000) as i`),
      'labels: are 5000, of at most 128 (the setting max_labels)'],
    ['a help text', sample(', help_text', `, ${long(10_000_000)}`), 'help_text: has 10000000 bytes, of at most 4096 (the setting max_help_bytes)'],
    ['a unit', sample(', unit', `, ${long(10_000)}`), 'unit: has 10000 bytes, of at most 255 (the setting max_unit_bytes)'],
    ['metadata', sample(', metadata', `, jsonb_build_object('a', ${long(50_000_000)})`),
      'metadata: has 50000017 bytes, of at most 65536 (the setting max_metadata_bytes)'],
    ['families', `insert into noetl.metric (metric_name, metric_type, metric_value) select 'load_' || i, 'gauge', 1 from generate_series(10000, 19999) as i`,
      /^metric_name: load_1\d{4} would be one family more than 2000 \(the setting max_component_families\)$/],
    ['a label of an event', `select noetl.inc('jobs_total', jsonb_build_object('a', ${long(20_000)}))`,
      'labels: a value has 20000 bytes, of at most 16384 (the setting max_label_value_bytes)'],
    ['metadata of an event', `select noetl.observe('wait_seconds', 1, metadata => jsonb_build_object('a', ${long(70_000)}))`,
      'metadata: has 70017 bytes, of at most 65536 (the setting max_metadata_bytes)'],
    ['metadata of many', `select noetl.set_many(jsonb_build_array(jsonb_build_object('name', 'load', 'value', 1, 'metadata', jsonb_build_object('a', ${long(70_000)}))))`,
      'gauges[0].metadata: has 70017 bytes, of at most 65536 (the setting max_metadata_bytes)'],
    ['a report', `select noetl.report(0, jsonb_build_array(jsonb_build_object('metric_name', 'load', 'metric_type', 'gauge', 'metric_value', 1, 'unit', ${long(300)})))`,
      'metrics[0].unit: has 300 bytes, of at most 255 (the setting max_unit_bytes)'],
    ['a push', `select noetl.push_metrics('{"job": "a"}', 'load{a="' || ${long(20_000)} || '"} 1' || chr(10))`,
      'body: labels: a value has 20000 bytes, of at most 16384 (the setting max_label_value_bytes)'],
    ['an operational metric', `select noetl.insert_operational_metrics(jsonb_build_object('metric_type', 'queue_metrics', 'name', 'load', 'value', 1, 'labels', jsonb_build_object('a', ${long(20_000)})))`,
      'metrics[0].labels: a value has 20000 bytes, of at most 16384 (the setting max_label_value_bytes)'],
    ['buckets', `select noetl.declare_metric('wait_seconds', 'histogram', buckets => array(select i from generate_series(1, 300000) as i))`,
      'buckets: are 300000, of at most 1000 (the setting max_buckets)'],
    ['a declared help text', `select noetl.declare_metric('wait_seconds', 'histogram', help => ${long(5000)})`,
      'help: has 5000 bytes, of at most 4096 (the setting max_help_bytes)'],
    ['an update', `update noetl.metric set unit = ${long(300)}`, undefined],
  ])('%s', async (_, statement, message) => {
    if (message === undefined) {
      await db.rows(sample('', ''));
      expect((await db.refusal(statement)).message).toBe('unit: has 300 bytes, of at most 255 (the setting max_unit_bytes)');
      return;
    }
    expect((await db.refusal(statement)).message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(await db.value('select count(*)::int from noetl.metric')).toBe(0);
  });

  it('in a batch by its index, and the others are stored', async () => {
    const metric = `jsonb_build_object('metric_name', 'load', 'metric_type', 'gauge', 'metric_value', 1)`;
    expect(
      await db.value(`select noetl.insert_metrics(jsonb_build_array(${metric}, ${metric} || jsonb_build_object('labels', jsonb_build_object('a', ${long(20_000)}))), true)`),
    ).toEqual({
      stored: 1,
      rejected: [{ index: 1, field: 'labels', rule: 'a value has 20000 bytes, of at most 16384 (the setting max_label_value_bytes)' }],
    });
  });

  it('in a request of OpenTelemetry by its point', async () => {
    const bounds = Array.from({ length: 2000 }, (_, i) => i);
    const dataPoints = [{ count: 0, sum: 0, explicitBounds: bounds, bucketCounts: [0, ...bounds.map(() => 0)] }];
    const metrics = [{ name: 'wait', histogram: { aggregationTemporality: 2, dataPoints } }];
    const body = { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] };
    expect(await db.value('select noetl.push_otlp($1)', [JSON.stringify(body)])).toEqual({
      partialSuccess: { rejectedDataPoints: 1, errorMessage: 'wait: explicitBounds: are 2000, of at most 1000 (the setting max_buckets)' },
    });
  });

  it('and a limit is a setting', async () => {
    await db.rows(`select noetl.set_setting('max_labels', '1')`);
    await db.rows(sample(', labels', `, '{"a": 1}'`));
    expect((await db.refusal(sample(', labels', `, '{"a": 1, "b": 1}'`))).message).toBe('labels: are 2, of at most 1 (the setting max_labels)');
    expect((await db.refusal(`select noetl.set_setting('max_name_bytes', '2000')`)).message).toBe(
      'value: setting "max_name_bytes" takes an integer from 1 to 1000, not "2000"',
    );
  });

  it('and series that would make the page too long are rejected by the fold and counted', async () => {
    await db.rows(`select noetl.set_setting('max_page_bytes', '100000')`);
    await db.rows(sample(', labels', `, jsonb_build_object('a', ${long(9000)} || i) from generate_series(1, 20) as i`));
    expect((await page()).length).toBeLessThan(100_000);
    await db.rows('select noetl.fold()');
    expect(await db.value(`select samples::int from noetl.prometheus_exposition where family = 'load'`)).toBe(10);
    expect(await page()).toContain('noetl_series_rejected_total{metric="load"} 10\n');
  });
});

describe('a time that nothing can carry', () => {
  it.each(['infinity', '-infinity', '0044-03-15 00:00:00+00 BC', '10000-01-01 00:00:00+00', '294276-12-31 00:00:00+00'])('%s is refused everywhere', async (time) => {
    for (const column of ['"timestamp"', 'created_at', 'expires_at']) {
      const field = column.replaceAll('"', '');
      expect((await db.refusal(sample(`, ${column}`, `, '${time}'::timestamptz`))).message).toBe(`${field}: must be a moment of the years 1 to 9999`);
    }
    await db.rows(sample('', ''));
    expect((await db.refusal(`update noetl.metric set "timestamp" = '${time}'`)).message).toBe('timestamp: must be a moment of the years 1 to 9999');
    expect((await db.refusal(`update noetl.runtime set last_heartbeat = '${time}'`)).constraint).toBe('runtime_times_are_in_the_years_1_to_9999');
    expect(await db.value(`select jsonb_array_length(noetl.query_metrics() -> 'metrics')`)).toBe(1);
  });

  it('of a report is refused by the same rule', async () => {
    const metric = (time: string): string => `[{"metric_name": "load", "metric_type": "gauge", "metric_value": 1, "timestamp": "${time}"}]`;
    expect((await db.refusal(`select noetl.report(0, $1)`, [metric('9999-12-31T23:59:59-01:00')])).message).toBe(
      'metrics[0].timestamp: must be a moment of the years 1 to 9999',
    );
    expect((await db.refusal(`select noetl.report(0, $1)`, [metric('infinity')])).message).toBe(
      'metrics[0].timestamp: must be a time with its offset, such as 2026-01-31T12:00:00Z',
    );
  });
});

describe('a sample from the future', () => {
  it('is refused beyond the setting max_ahead and counted on the page, also where its transaction is rolled back', async () => {
    await db.rows(sample(', "timestamp"', `, now() + interval '9 minutes'`));
    expect((await db.refusal(sample(', "timestamp"', `, now() + interval '11 minutes'`))).message).toMatch(
      /^timestamp: is further ahead of the server's clock than 10 minutes \(the setting max_ahead\): \d{4}-/,
    );
    const metric = { metric_name: 'load', metric_type: 'gauge', metric_value: 1, timestamp: '9000-01-01T00:00:00Z' };
    expect(await db.value('select noetl.insert_metrics($1, true) ->> $2', [JSON.stringify([metric]), 'stored'])).toBe('0');
    await db.refusal(sample(', "timestamp"', `, 'infinity'::timestamptz`));
    await db.refusal(sample(', unit', `, ${long(300)}`));

    expect(await rejected()).toEqual({ future: 2, time: 1, limit: 1, invalid: 0 });
    await db.rows('select noetl.fold()');
    expect(await page()).toContain(
      '# TYPE noetl_samples_rejected_total counter\nnoetl_samples_rejected_total{reason="future"} 2\nnoetl_samples_rejected_total{reason="invalid"} 0\n',
    );
  });

  it('that is within it does not hide the next', async () => {
    await db.rows(sample(', "timestamp"', `, now() + interval '9 minutes'`));
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('load', 'gauge', 2)`);
    expect(await page()).toContain('\nload 2\n');
    await db.rows('select noetl.fold()');
    expect(await page()).toContain('\nload 2\n');
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp") values ('load', 'gauge', 3, now() + interval '9 minutes')`);
    await db.rows('select noetl.fold()');
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('load', 'gauge', 4)`);
    expect(await page()).toContain('\nload 4\n');
  });
});

describe('a family that cannot be folded', () => {
  it('goes into quarantine, is named, and keeps no other from the page', async () => {
    await db.rows(`select noetl.observe('bad_seconds', 1), noetl.observe('good_seconds', 1), noetl.inc('good_total'), noetl.fold()`);
    await db.rows('select noetl.fold()');
    await db.rows(`
      update _noetl.distribution set observations = 9223372036854775807
      where series_id in (select series_id from _noetl.series where metric_name = 'bad_seconds')`);
    await db.rows(`select noetl.observe('bad_seconds', 1), noetl.observe('good_seconds', 1), noetl.inc('good_total'), noetl.inc('new_total')`);
    expect(await db.value('select noetl.fold()::int')).toBe(3);

    const text = await page();
    for (const line of ['good_seconds_count 2', 'good_total 2', 'new_total 1', 'noetl_quarantined_families 1', 'noetl_quarantined_family{metric="bad_seconds"} 1']) {
      expect(text).toContain(`\n${line}\n`);
    }
    expect(await db.value('select quarantined_families from noetl.health')).toEqual(['bad_seconds']);
    expect(await db.rows('select family, error from _noetl.quarantine')).toEqual([{ family: 'bad_seconds', error: 'bigint out of range' }]);

    await db.rows(`update _noetl.distribution set observations = 1 where observations > 5`);
    await db.rows(`select noetl.release_metric('bad_seconds')`);
    await db.rows(`select noetl.observe('bad_seconds', 1)`);
    await db.rows('select noetl.fold()');
    expect(await page()).toContain('\nbad_seconds_count 2\n');
  });

  it('is none where the fold fails for another reason', async () => {
    const session = await db.session();
    await session.query(`set lock_timeout = '10ms'`);
    const other = await db.session();
    await db.rows(`select noetl.inc('good_total')`);
    await other.query('begin; lock table _noetl.state in access exclusive mode');
    await expect(session.query('select noetl.fold()')).rejects.toThrow('lock timeout');
    await other.query('rollback');
    expect(await db.value('select count(*)::int from _noetl.quarantine')).toBe(0);
  });
});

describe('noetl.drop_metric()', () => {
  it('removes one family with everything of it, and it can begin anew', async () => {
    await db.rows(`select noetl.declare_metric('gone_total', 'counter', help => 'Gone.')`);
    await db.rows(`select noetl.inc('gone_total', '{"a": 1}', 5), noetl.inc('gone_total', '{"a": 2}'), noetl.inc('kept_total')`);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value) values ('gone_total', 'counter', 7)`);
    await db.rows('select noetl.scrape()');
    await db.rows(`select noetl.inc('gone_total', '{"a": 3}')`);

    await db.rows(`select noetl.drop_metric('gone_total')`);
    for (const table of ['noetl.metric', '_noetl.pending_series', '_noetl.event where series_id not in (select series_id from _noetl.series)', `_noetl.line where name = 'gone_total'`]) {
      expect(await db.value(`select count(*)::int from ${table}`)).toBe(0);
    }
    expect(await page()).toBe('# HELP kept_total No help text.\n# TYPE kept_total counter\nkept_total 1\n');
    await db.rows(`select noetl.set('gone_total', 3)`);
    expect(await page()).toContain('# TYPE gone_total gauge\ngone_total 3\n');
    expect((await db.refusal(`select noetl.drop_metric('never')`)).message).toBe('name: there is no metric "never"');
  });
});

describe('an answer', () => {
  it('ends where it would be longer than the setting answer_bytes, and its cursor leads to the rest', async () => {
    await db.rows(`select noetl.set_setting('answer_bytes', '200000')`);
    await db.rows(`insert into noetl.metric (metric_name, metric_type, metric_value, metadata)
      select 'load', 'gauge', i, jsonb_build_object('a', ${long(30_000)}) from generate_series(1, 7) as i`);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const filter: Record<string, unknown> = { limit: 7, ...(cursor === null ? {} : { cursor }) };
      const answer: { metrics: { metric_value: number }[]; next_cursor: string | null } = await db.value('select noetl.query_metrics($1)', [JSON.stringify(filter)]);
      expect(answer.metrics.length).toBeLessThanOrEqual(3);
      seen.push(...answer.metrics.map((metric) => metric.metric_value));
      cursor = answer.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });
});
