import { expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

const page = async (): Promise<string[]> =>
  (await db.value<string>('select noetl.prometheus_text()')).split('\n').filter((line) => line !== '' && !line.startsWith('#')).toSorted();

it('takes a gauge off the page at once and for good, and lets it come back', async () => {
  await db.rows(`select noetl.set('depth', 7), noetl.set('depth', 8, '{"queue": "a"}')`);
  expect(await page()).toEqual(['depth 7', 'depth{queue="a"} 8']);
  await db.rows(`select _noetl.withdraw('depth', '{"queue": "a"}')`);
  expect(await page()).toEqual(['depth 7']);
  await db.rows('select noetl.fold()');
  expect(await page()).toEqual(['depth 7']);
  await db.rows(`select noetl.set('depth', 9, '{"queue": "a"}')`);
  expect(await page()).toEqual(['depth 7', 'depth{queue="a"} 9']);
  await db.rows('select noetl.fold()');
  await db.rows(`select _noetl.withdraw('depth')`);
  expect(await page()).toEqual(['depth{queue="a"} 9']);
});

it('stores no sample for a gauge that is withdrawn', async () => {
  await db.rows(`select noetl.set('depth', 7)`);
  await db.rows(`select _noetl.withdraw('depth')`);
  await db.rows('select noetl.fold()');
  expect(await db.rows('select metric_name, metric_value from noetl.metric')).toEqual([]);
});
