import { expect, it } from 'vitest';
import { useDatabase } from '../support/database.ts';

const db = useDatabase({ per: 'test' });

it('what takes the series is told by family, label and value, merged or not, with the labels of components', async () => {
  await db.rows(`
    select noetl.inc('visits_total', jsonb_build_object('page', p, 'code', 200)) from generate_series(1, 3) as p;
    select noetl.fold();
    select noetl.inc('visits_total', '{"page": "4", "code": 500}');
    select noetl.inc('visits_total', '{"page": 4, "code": "500", "zone": ""}');
    select noetl.inc('starts_total');
    select noetl.declare_metric('own', 'gauge', max_series => 7);
    select noetl.register_runtime('w1', 'worker_pool');
    insert into noetl.metric (runtime_id, metric_name, metric_type, metric_value) select r.runtime_id, 'own', 'gauge', 1 from noetl.runtime as r where r.name = 'w1'`);
  const seen = await db.rows(`select family, label, value, series::int, label_values::int, family_series::int, max_series from noetl.cardinality order by 1, 2, 3`);

  const visits = { family: 'visits_total', family_series: 4, max_series: 2000 };
  expect(seen).toEqual([
    { family: 'own', label: 'component', value: 'w1', series: 1, label_values: 1, family_series: 1, max_series: 7 },
    { family: 'own', label: 'component_type', value: 'worker_pool', series: 1, label_values: 1, family_series: 1, max_series: 7 },
    { family: 'starts_total', label: null, value: null, series: 1, label_values: 0, family_series: 1, max_series: 2000 },
    { ...visits, label: 'code', value: '200', series: 3, label_values: 2 },
    { ...visits, label: 'code', value: '500', series: 1, label_values: 2 },
    ...['1', '2', '3', '4'].map((value) => ({ ...visits, label: 'page', value, series: 1, label_values: 4 })),
  ]);
});
