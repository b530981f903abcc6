import { setTimeout as delay } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import type { Random } from './random.ts';

/** What a load has done; the figures that the tests print. */
export interface Tally {
  operations: number;
  commits: number;
  rollbacks: number;
  undone: number;
  errors: string[];
  /** Transactions whose commit was acknowledged. */
  readonly acknowledged: Set<string>;
  /** Whole increments of exact_orders_total: acknowledged, and at most on their way. */
  ordersAcknowledged: number;
  ordersStarted: number;
}

export function newTally(): Tally {
  return {
    operations: 0, commits: 0, rollbacks: 0, undone: 0, errors: [],
    acknowledged: new Set(), ordersAcknowledged: 0, ordersStarted: 0,
  };
}

interface Operation {
  readonly sql: string;
  readonly orders: number;
}

export interface SessionOptions {
  readonly url: string;
  readonly name: string;
  readonly random: Random;
  readonly tally: Tally;
  /** Asked before each transaction. */
  readonly more: () => boolean;
  /** How many label sets the counters and histograms have. */
  readonly width?: number;
  /** True: what ends the connection ends the session quietly. */
  readonly mayDie?: boolean;
  /** Now and then fold inside a writing transaction. */
  readonly folds?: boolean;
}

/** One session that records transactions of random length, a third of them rolled back, until `more` says no. */
export async function session(options: SessionOptions): Promise<void> {
  const { url, tally, more, mayDie = false } = options;
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    for (let n = 0; more(); n += 1) await transaction(client, `${options.name}/${n}`, options);
  } catch (error) {
    if (!mayDie || (error instanceof DatabaseError && !/^(57P|08)/.test(error.code ?? ''))) {
      tally.errors.push(`${options.name}: ${String(error)}`);
    }
  } finally {
    await client.end().catch(() => {});
  }
}

async function transaction(client: Client, name: string, options: SessionOptions): Promise<void> {
  const { random, tally, folds = true } = options;
  const commits = !random.chance(1 / 3);
  let orders = 0;
  let batch: string[] = [random.chance(0.15) ? 'begin isolation level repeatable read' : 'begin'];
  const flush = async (): Promise<void> => {
    const sql = batch.join(';\n');
    batch = [];
    if (sql !== '') await client.query(sql);
  };
  const length = 1 + Math.floor(random.whole(6) * random.whole(6));
  for (let done = 0; done < length; done += 1) {
    const made = operation(options);
    tally.operations += 1;
    const way = random.whole(20);
    if (way === 0) {
      batch.push('savepoint s', made.sql, operation(options).sql, 'rollback to savepoint s', 'release savepoint s');
      tally.undone += 2;
    } else if (way === 1) {
      batch.push(`do $do$ begin ${performed(made.sql)}; raise exception 'undone'; exception when raise_exception then null; end $do$`);
      tally.undone += 1;
    } else if (way === 2) {
      batch.push('savepoint s', made.sql, 'savepoint t', operation(options).sql, 'rollback to savepoint t', 'release savepoint s');
      orders += made.orders;
      tally.undone += 1;
    } else if (way === 3) {
      batch.push(`do $do$ begin ${performed(made.sql)}; exception when division_by_zero then null; end $do$`);
      orders += made.orders;
    } else {
      batch.push(made.sql);
      orders += made.orders;
    }
    if (random.chance(0.3)) await flush();
    if (random.chance(0.02)) {
      await flush();
      await delay(random.whole(300)); // others commit meanwhile
    }
    // in a transaction of its own snapshot a fold that comes second is a serialization failure, as it must be
    if (folds && random.chance(0.003) && !batch[0]?.includes('repeatable') && done === length - 1) {
      await flush();
      await client.query('savepoint f').then(
        () => client.query('select noetl.fold()').catch(() => client.query('rollback to savepoint f')),
      );
    }
  }
  if (commits) {
    batch.push(`insert into exact.done values ('${name}')`);
    await flush();
    tally.ordersStarted += orders;
    await client.query('commit');
    tally.acknowledged.add(name);
    tally.ordersAcknowledged += orders;
    tally.commits += 1;
  } else {
    await flush();
    await client.query('rollback');
    tally.rollbacks += 1;
  }
}

/** Statements of SQL as plpgsql has them. */
function performed(sql: string): string {
  return sql.replaceAll(/^select noetl/gm, 'perform noetl');
}

/** One operation and its line in the ledger. Values are of few binary digits, so that no sum of them is rounded. */
function operation({ random, name, width = 40 }: SessionOptions): Operation {
  const k = random.whole(width);
  const shared = `k="${k}"`;
  const own = `session="${name}"`;
  // two spellings of one label set
  const labels = random.pick([`{"k": ${k}}`, `{"k": "${k}"}`, `{"k": ${k}, "zone": ""}`]);
  const ownLabels = `{"session": "${name}"}`;
  const note = (kind: string, label: string, value: string | number): string =>
    `insert into exact.ledger (kind, labels, value) values ('${kind}', '${label}', ${value})`;
  const metric = (metricName: string, type: string, value: string | number, json: string): string =>
    `insert into noetl.metric (metric_name, metric_type, metric_value, labels) values ('${metricName}', '${type}', ${value}, '${json}')`;
  const observed = (random.whole(18 * 1024) - 2048) / 1024;
  const running = (kind: string): string =>
    `(select coalesce(max(value), 0) + ${1 + random.whole(3)} from exact.ledger where kind = '${kind}' and labels = '${own}')`;
  switch (random.whole(12)) {
    case 0:
    case 1:
    case 2:
    case 3: {
      const by = 1 + random.whole(5);
      return { sql: `select noetl.inc('exact_orders_total', '${labels}', ${by});\n${note('orders', shared, by)}`, orders: by };
    }
    case 4:
      return { sql: `select noetl.observe('exact_wait_seconds', ${observed}, '${labels}');\n${note('wait', shared, observed)}`, orders: 0 };
    case 5:
      return { sql: `${metric('exact_wait_seconds', 'histogram', observed, labels)};\n${note('wait', shared, observed)}`, orders: 0 };
    case 6:
      return { sql: `select noetl.observe('exact_size', ${observed}, '${labels}', metric_type => 'summary');\n${note('size', shared, observed)}`, orders: 0 };
    case 7: {
      const level = random.whole(1000) - 500;
      return { sql: `select noetl.set('exact_level', ${level}, '${ownLabels}');\n${note('level', own, level)}`, orders: 0 };
    }
    case 8: {
      const level = random.whole(1000) - 500;
      return { sql: `${metric('exact_stored_level', 'gauge', level, ownLabels)};\n${note('stored_level', own, level)}`, orders: 0 };
    }
    case 9:
      return {
        sql: `${note('absolute', own, running('absolute'))};\n${metric('exact_absolute_total', 'counter', lastOf('absolute', own), ownLabels)}`,
        orders: 0,
      };
    case 10:
      return random.chance(0.5)
        ? { sql: `select noetl.inc('exact_mixed_total', '${ownLabels}', 2);\n${note('mixed_added', own, 2)}`, orders: 0 }
        : {
            sql: `${note('mixed_absolute', own, running('mixed_absolute'))};\n${metric('exact_mixed_total', 'counter', lastOf('mixed_absolute', own), ownLabels)}`,
            orders: 0,
          };
    default: {
      const last = lastOf('parts', own);
      return {
        sql: `${note('parts', own, running('parts'))};
insert into noetl.metric (metric_name, metric_type, metric_value, labels)
select 'exact_parts_seconds_' || part, 'histogram', ${last} * factor, '${ownLabels}'::jsonb || more::jsonb
from (values ('bucket', '{"le": 1}', 1), ('bucket', '{"le": "+Inf"}', 2), ('sum', '{}', 3), ('count', '{}', 2)) as p (part, more, factor)`,
        orders: 0,
      };
    }
  }
}

function lastOf(kind: string, labels: string): string {
  return `(select value from exact.ledger where kind = '${kind}' and labels = '${labels}' order by id desc limit 1)`;
}
