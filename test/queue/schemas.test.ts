import { describe, expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { libraries, register } from './libraries.ts';
import { readCounted, readings, states } from './page.ts';

describe.each(libraries)('$title', ({ adapter, schema, table, jobs, expected, oldest }) => {
  const db = useDatabase();

  it('has each job in its one state', async () => {
    await db.rows(schema);
    expect(await db.rows('select adapter, call from noetl.detect_queues()')).toEqual([
      { adapter, call: register({ adapter, table }) },
    ]);
    await db.rows(register({ adapter, table }));
    expect(await states(db)).toEqual({});
    await db.rows(jobs);
    const session = await db.session();
    if (adapter === 'que') await session.query('select pg_advisory_lock(id) from que_jobs where id = 4');
    expect(await states(db)).toEqual(expected);
    const ages = await db.rows<{ queue: string; age: number | null }>('select queue, oldest_ready_seconds as age from noetl.queue_health');
    for (const { queue, age } of ages) {
      if (age === null) expect([queue, oldest[queue]]).toEqual([queue, null]);
      else expect([queue, Math.abs(age - (oldest[queue] ?? Infinity)) < 10]).toEqual([queue, true]);
    }
    expect(ages.map(({ queue }) => queue).toSorted()).toEqual(Object.keys(oldest).toSorted());
    expect(await db.value(`select noetl.collect_queue('${adapter}')`)).toBe(true);
    expect(await db.rows('select registered_as, call from noetl.detect_queues()')).toEqual([{ registered_as: adapter, call: null }]);
  });
});

describe.each(libraries)('$title, tracked', ({ adapter, schema, table, jobs, expected }) => {
  const db = useDatabase({ per: 'test' });
  const agree = async (): Promise<void> => {
    const { tracked, counted } = await readings(db);
    expect(tracked).toEqual(counted);
  };

  it('has each job in its one state by what its triggers kept', async () => {
    await db.rows(readCounted);
    await db.rows(schema);
    await db.rows(register({ adapter, table }));
    await db.rows(`select noetl.track_queue('${adapter}')`);
    await db.rows(jobs);
    // a queue of pgmq is a table
    if (adapter === 'pgmq') await db.rows('select noetl.renew_tracking()');
    const session = await db.session();
    if (adapter === 'que') await session.query('select pg_advisory_lock(id) from que_jobs where id = 4');
    expect(await db.row('select tracked, tracking_error from noetl.queue')).toEqual({ tracked: true, tracking_error: null });
    expect(await states(db)).toEqual(expected);
    await agree();
    await db.rows('select noetl.fold()');
    expect(await states(db)).toEqual(expected);
    await agree();
    expect(await db.value(`select noetl.recount_queue('${adapter}')`)).toBe('0');
  });

  for (const per of ['task', 'none']) {
    it(`is read the same per ${per} and by prefix, while its rows change`, async () => {
      await db.rows(readCounted);
      await db.rows(schema);
      await db.rows(jobs);
      await db.rows(register({ adapter, table }, `, per => '${per}', prefix => 'xyn'`));
      if (['absurd', 'hatchet', 'solid_queue'].includes(adapter) && per === 'task') {
        expect((await db.refusal(`select noetl.track_queue('${adapter}')`)).message).toMatch(new RegExp(`^name: "${adapter}" is read per task`));
        return;
      }
      await db.rows(`select noetl.track_queue('${adapter}')`);
      expect(await db.value('select tracked from noetl.queue')).toBe(true);
      await agree();
      const relations = await db.value<string[]>(`select relations from _noetl.queue_tracking`);
      for (const relation of relations) {
        if (['pgmq.meta', 'absurd.queues'].includes(relation)) continue;
        await db.rows(`delete from ${relation} where ctid in (select ctid from ${relation} order by ctid offset 1 limit 2)`);
        await agree();
      }
      await db.rows('select noetl.fold()');
      await agree();
      expect(await db.value(`select noetl.recount_queue('${adapter}')`)).toBe('0');
    });
  }
});
