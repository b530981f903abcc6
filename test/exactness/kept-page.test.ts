import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { useCluster } from '../support/cluster.ts';
import { connected } from '../support/connection.ts';
import { ledgerSql } from './ledger.ts';
import { newTally, session } from './load.ts';
import { seededRandom, type Random } from './random.ts';

const cluster = useCluster({ settings: { max_connections: '200' } });

/** One who keeps the page and asks only for what changed. */
interface Keeper {
  /** What it keeps and what it should keep, of one snapshot; whether it was given the whole page. Throws where what the fold has kept is not what is so. */
  compare(): Promise<{ kept: Record<string, string>; page: Record<string, string>; complete: boolean }>;
}

function keeper(client: Client, format: 'prometheus' | 'openmetrics'): Keeper {
  const families = new Map<number, { name: string; body: string; staleAt: string | null }>();
  let token: string | null = null;
  return {
    compare: async () => {
      await client.query('begin isolation level repeatable read read only');
      const freshUntil = [...families.values()].map(({ staleAt }) => staleAt).filter((at) => at !== null).toSorted()[0] ?? null;
      const { rows: [head, ...changed] } = await client.query<{
        family_id: number; family: string | null; body: string | null; stale_at: string | null; next_token: string; complete: boolean;
      }>(
        `select family_id, family, body, to_json(stale_at at time zone 'UTC') #>> '{}' || 'Z' as stale_at, next_token, complete
         from noetl.page_since($1, $2, $3)`,
        [format === 'openmetrics', token, freshUntil]);
      const { rows: [full] } = await client.query<{ page: Record<string, string> | null }>(
        `select json_object_agg(family, body) as page from noetl.${format}_exposition`);
      // what is taken as kept is what would be rendered
      const bodies = async (wanted: string): Promise<unknown[]> =>
        (await client.query<Record<string, unknown>>(
          `select r.family_id, r.samples, r.body from _noetl.rendered_family($1, null, ${wanted}) as r
           where r.family_id not in (select u.family_id from _noetl.unrecorded_line as u) order by r.family_id`, [format === 'openmetrics'])).rows;
      expect(await bodies('_noetl.unfolded_families()')).toEqual(await bodies('array(select f.family_id from _noetl.any_family as f)'));
      await client.query('commit');
      token = head?.next_token ?? null;
      if (head?.complete === true) families.clear();
      for (const { family_id, family, body, stale_at } of changed) {
        if (family === null || body === null) families.delete(family_id);
        else families.set(family_id, { name: family, body, staleAt: stale_at });
      }
      return {
        kept: Object.fromEntries([...families.values()].map(({ name, body }) => [name, body])),
        page: full?.page ?? {},
        complete: head?.complete === true,
      };
    },
  };
}

/** Beside the load: what takes families off the page, brings them back, and changes how they look. */
const shocks: readonly [string, ...string[]] = [
  "select noetl.heartbeat(noetl.register_runtime('shaken', 'worker_pool'), 'offline')",
  "select noetl.register_runtime('shaken', 'worker_pool')",
  `select noetl.set('shaken_level', 1, '{}', noetl.register_runtime('shaken', 'worker_pool'));
   select noetl.set('shaken_level_' || (random() * 5)::integer, 1, '{}', noetl.register_runtime('shaken', 'worker_pool'))`,
  "delete from noetl.runtime where name = 'shaken'",
  "select noetl.declare_metric('exact_wait_seconds', 'histogram', help => 'Help ' || random())",
  "select _noetl.withdraw('shaken_level', '{}', noetl.register_runtime('shaken', 'worker_pool'))",
];

async function shake(url: string, random: Random, more: () => boolean): Promise<void> {
  await connected(url, async (client) => {
    const attempt = (sql: string): Promise<unknown> => client.query(sql).catch(() => {}); // a deletion may find a writer in its way
    while (more()) {
      await attempt(random.pick(shocks));
      // after that a keeper is given everything
      if (random.chance(0.03)) await attempt(`select noetl.set_setting('staleness', '${3 + random.whole(3)} minutes')`);
      if (random.chance(0.3)) await attempt('select noetl.fold()');
      await delay(random.whole(30));
    }
  });
}

async function compareUnderLoad(name: string, url: string, readFrom: string): Promise<void> {
  const random = seededRandom();
  // most of a page stands still
  await connected(url, (client) => client.query(`${ledgerSql}; select noetl.set('still_' || n, n) from generate_series(1, 60) as n`));
  const tally = newTally();
  let writing = true;
  let [compares, partial] = [0, 0];
  const watching = (['prometheus', 'openmetrics'] as const).map((format) => connected(readFrom, async (client) => {
    const reader = keeper(client, format);
    for (; writing; compares += 1) {
      const { kept, page, complete } = await reader.compare();
      if (!complete) partial += 1;
      expect(kept).toEqual(page);
    }
    // and when everything is over
    await connected(url, (last) => last.query('select noetl.fold()'));
    await delay(300);
    const { kept, page } = await reader.compare();
    expect(kept).toEqual(page);
  }));
  await Promise.all([
    ...Array.from({ length: 6 }, (_, n) => session({ url, name: `s${n}`, random: random.fork(n), tally, more: () => tally.operations < 1500 })),
    shake(url, random.fork(100), () => tally.operations < 1500),
  ]).finally(() => (writing = false));
  await Promise.all(watching);
  expect(tally.errors).toEqual([]);
  console.log(`kept page, ${name}: NOETL_SEED=${random.seed}, ${tally.operations} operations, ${compares} comparisons, ${partial} of them of a part`);
}

describe('a page that is kept and renewed in part', () => {
  it('is at every moment the page, on the primary', async () => {
    await cluster.installed('kept');
    await compareUnderLoad('primary', cluster.url('kept'), cluster.url('kept'));
  });

  it('is at every moment the page, on a standby', async () => {
    await cluster.installed('kept_far');
    const standby = await cluster.standby();
    await expect.poll(() => connected(standby.url('kept_far'), (client) => client.query('select from noetl.family')).then(() => true, () => false)).toBe(true);
    await compareUnderLoad('standby', cluster.url('kept_far'), standby.url('kept_far'));
  });
});

describe('what is read anew', () => {
  it('is the families that changed and no others', async () => {
    await cluster.installed('renewed');
    await connected(cluster.url('renewed'), async (client) => {
      const reader = given(client);
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await client.query(`select noetl.set('${name}', 1)`);
      await client.query("select noetl.observe('h_seconds', 1); select noetl.inc('i_total')");
      expect(await reader()).toEqual(['complete', 'a', 'b', 'c', 'd', 'e', 'f', 'h_seconds', 'i_total']);
      await client.query('select noetl.fold()');
      await reader();
      expect(await reader()).toEqual([]);

      await client.query("select noetl.set('b', 2)");
      expect(await reader()).toEqual(['b']);
      await expect.poll(reader).toEqual([]); // where nobody has committed anything since, autovacuum neither
      await client.query('select pg_current_xact_id()');
      expect(await reader()).toEqual(['b']); // as long as it is not folded
      await client.query('select noetl.fold()');
      expect(await reader()).toEqual(['b']);
      expect(await reader()).toEqual([]);

      await client.query("select noetl.inc('i_total', runtime_id => noetl.register_runtime('w', 'worker'))");
      await client.query('select noetl.fold()');
      await reader();
      await client.query("select noetl.heartbeat(runtime_id) from noetl.runtime where name = 'w'");
      expect(await reader()).toEqual([]);
      await client.query("select noetl.heartbeat(runtime_id, 'offline') from noetl.runtime where name = 'w'");
      expect(await reader()).toEqual(['i_total']);
      await client.query("select noetl.set_setting('staleness', '1 hour')");
      expect((await reader())[0]).toBe('complete');
    });
  });

  it('is every family of which a sample was stored, changed or deleted that was not folded then or is not now', async () => {
    await cluster.installed('rewritten');
    await connected(cluster.url('rewritten'), async (client) => {
      const changed = given(client);
      const whole = keeper(client, 'prometheus');
      await client.query("select noetl.set(name, 1) from unnest('{a,b,c,d,e,f,g,h}'::text[]) as name");
      await client.query('select noetl.fold()');
      await changed();
      await whole.compare();
      const store = (name: string, value: number): string =>
        `insert into noetl.metric (metric_name, metric_type, metric_value) values ('${name}', 'gauge', ${value})`;
      for (const [statement, families] of [
        [store('b', 2), ['b']],
        [`begin; savepoint before; ${store('c', 2)}; release before; commit`, ['b', 'c']],
        ["select noetl.set('d', 2)", ['b', 'c', 'd']],
        ["update noetl.metric set metric_value = 3 where metric_name = 'b' and metric_value = 2", ['b', 'c', 'd']],
        [store('b', 4), ['b', 'c', 'd']],
        ["delete from noetl.metric where metric_name = 'b' and metric_value = 4", ['b', 'c', 'd']],
        [`${store('b', 5)}; delete from noetl.metric where metric_name = 'c' and metric_value = 2`, ['b', 'c', 'd']],
        ['select noetl.fold()', ['b', 'd']],
      ] as const) {
        await client.query(statement);
        expect({ statement, families: await changed() }).toEqual({ statement, families });
        const { kept, page, complete } = await whole.compare();
        expect({ statement, kept, complete }).toEqual({ statement, kept: page, complete: false });
      }
    });
  });

  it('is what is not folded yet, also where nobody has committed anything since the last time', async () => {
    await cluster.installed('idle');
    await connected(cluster.url('idle'), async (client) => {
      const reader = keeper(client, 'prometheus');
      await client.query("select noetl.set(name, 1) from unnest('{a,b,c,d,e,f}'::text[]) as name");
      await client.query('select noetl.fold()');
      await reader.compare();
      await client.query(`
        insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp")
        select name, 'gauge', 2, clock_timestamp() - interval '5 minutes' + interval '3 seconds' from unnest('{b,old}'::text[]) as name;
        select noetl.set('b', 2)`);
      for (const pause of [0, 0, 3200, 0]) {
        await delay(pause);
        const { kept, page, complete } = await reader.compare();
        expect({ b: kept['b']?.split('\n')[2], complete }).toEqual({ b: 'b 2', complete: false });
        expect(kept).toEqual(page);
      }
      await client.query("select noetl.set('b', 3)");
      const { kept, page } = await reader.compare();
      expect(kept['b']?.split('\n')[2]).toBe('b 3');
      expect(kept).toEqual(page);
    });
  });

  it('is a family whose gauge has just gone stale, and then it is gone', async () => {
    await cluster.installed('stale');
    await connected(cluster.url('stale'), async (client) => {
      await client.query(`
        insert into noetl.metric (metric_name, metric_type, metric_value, "timestamp") values
          ('old', 'gauge', 1, clock_timestamp() - interval '5 minutes' + interval '4 seconds'), ('new', 'gauge', 1, now()),
          ('one', 'gauge', 1, now()), ('two', 'gauge', 1, now())`);
      await client.query('select noetl.fold()');
      const reader = keeper(client, 'prometheus');
      expect(Object.keys((await reader.compare()).kept)).toEqual(['new', 'old', 'one', 'two']);
      await expect.poll(async () => {
        const { kept, page, complete } = await reader.compare();
        expect({ kept, complete }).toEqual({ kept: page, complete: false });
        return Object.keys(kept);
      }).toEqual(['new', 'one', 'two']);
    });
  });

  it('is what the clock changes of the installation itself, also where nobody commits anything', async () => {
    await cluster.installed('live');
    await connected(cluster.url('live'), async (client) => {
      await client.query(`
        select noetl.install_preset('noetl');
        select noetl.set(name, 1) from unnest('{a,b,c,d,e,f}'::text[]) as name;
        select noetl.fold();
        select noetl.register_runtime('silent', 'worker_pool');
        update noetl.runtime set last_heartbeat = clock_timestamp(), heartbeat_timeout = '3 seconds' where name = 'silent'`);
      const reader = keeper(client, 'prometheus');
      const read = async (): Promise<{ components: string | undefined; complete: boolean }> => {
        const { kept, page, complete } = await reader.compare();
        expect(kept).toEqual(page);
        expect(page).toHaveProperty('noetl_fold_last_run_timestamp_seconds');
        return { components: kept['noetl_components']?.split('\n')[2], complete };
      };
      const component = (state: string): string => `noetl_components{component_type="worker_pool",status="${state}"} 1`;
      expect(await read()).toEqual({ components: component('ready'), complete: true });
      expect(await read()).toEqual({ components: component('ready'), complete: false });
      await expect.poll(read).toEqual({ components: component('lost'), complete: false });

      await client.query("select noetl.set('noetl_fold_last_run_timestamp_seconds', 1e9)");
      for (const _ of ['after a commit', 'after none']) {
        const { kept, page } = await reader.compare();
        expect(kept).toEqual(page);
        expect(kept['noetl_fold_last_run_timestamp_seconds']).toMatch(/ 1000000000\n$/);
      }
    });
  });

  it('is how many samples were refused, though whoever brought them stored nothing', async () => {
    await cluster.installed('refused');
    await connected(cluster.url('refused'), async (client) => {
      await client.query(`
        select noetl.install_preset('noetl');
        select noetl.set(name, 1) from unnest('{a,b,c,d,e,f}'::text[]) as name;
        select noetl.fold()`);
      const reader = keeper(client, 'prometheus');
      await reader.compare();
      await client.query("select noetl.set('a', 1, '{\"__b\": 1}')").catch(() => {});
      const { kept, page } = await reader.compare();
      expect(kept).toEqual(page);
      expect(kept['noetl_samples_rejected_total']).toContain('{reason="invalid"} 1\n');
    });
  });

  it('is everything for the token of another server, or one from the future', async () => {
    await cluster.installed('elsewhere');
    await connected(cluster.url('elsewhere'), async (client) => {
      await client.query("select noetl.inc('a_total'); select noetl.fold()");
      const ask = async (token: string | null): Promise<{ next_token: string; complete: boolean } | undefined> =>
        (await client.query<{ next_token: string; complete: boolean }>('select next_token, complete from noetl.page_since(false, $1) where family_id is null', [token])).rows[0];
      const token = (await ask(null))?.next_token ?? '';
      const [server = '', time = '', ...rest] = token.split(' ');
      expect((await ask(token))?.complete).toBe(false);
      expect((await ask([`9${server}`, time, ...rest].join(' ')))?.complete).toBe(true);
      expect((await ask([server, String(Number(time) + 60), ...rest].join(' ')))?.complete).toBe(true);
    });
  });
});

describe('the lines that a fold keeps', () => {
  const page = async (client: Client): Promise<string> => (await client.query<{ page: string }>('select noetl.prometheus_text() as page')).rows[0]?.page ?? '';
  const twoFamilies = async (client: Client): Promise<void> => {
    await client.query(`
      select noetl.set('a', 1, '{}', noetl.register_runtime('w', 'worker'));
      select noetl.set('b', 1)`);
    await client.query('select noetl.fold()');
  };

  it('are what the page shows of a family, until something changes it', async () => {
    await cluster.installed('taken');
    await connected(cluster.url('taken'), async (client) => {
      await twoFamilies(client);
      await client.query("update _noetl.kept_lines set lines = E'as kept\n'");
      expect((await page(client)).match(/^as kept$/gm)).toHaveLength(2);
      await client.query("select noetl.set('b', 2)");
      expect(await page(client)).toMatch(/^as kept\n# HELP b .*\n# TYPE b gauge\nb 2$/m);
      await client.query('select noetl.fold()');
      expect(await page(client)).toMatch(/^as kept\n# HELP b .*\n# TYPE b gauge\nb 2$/m);
      await client.query("select noetl.set_setting('staleness', '1 hour')");
      expect(await page(client)).not.toMatch('as kept');
    });
  });

  it('do not hold for a change that is committed while the fold runs, or after it by the same transaction', async () => {
    await cluster.installed('overtaken');
    await connected(cluster.url('overtaken'), async (client) => {
      await twoFamilies(client);
      await connected(cluster.url('overtaken'), async (other) => {
        await other.query("begin; select noetl.heartbeat(runtime_id, 'offline') from noetl.runtime where name = 'w'");
        await client.query("select noetl.set('a', 2, '{}', (select runtime_id from noetl.runtime where name = 'w')); select noetl.set('b', 2)");
        await client.query('select noetl.fold()');
        expect(await page(client)).toMatch(/^a\{.* 2$/m);
        await other.query('commit');
        expect(await page(client)).not.toMatch(/^a\{/m);
      });
      await client.query("begin; select noetl.heartbeat(runtime_id, 'ready') from noetl.runtime where name = 'w'; select noetl.fold()");
      expect(await page(client)).toMatch(/^a\{.* 2$/m);
      await client.query("select noetl.heartbeat(runtime_id, 'offline') from noetl.runtime where name = 'w'");
      expect(await page(client)).not.toMatch(/^a\{/m);
      await client.query('commit');
      expect(await page(client)).not.toMatch(/^a\{/m);
    });
  });

  it('are lost in a crash, which takes nothing off the page, and are there again with the next fold', async () => {
    await cluster.installed('crashed');
    const kept = async (client: Client): Promise<number | null> => (await client.query('select * from _noetl.kept_lines')).rowCount;
    const before = await connected(cluster.url('crashed'), async (client) => {
      await twoFamilies(client);
      expect(await kept(client)).toBe(2);
      return page(client);
    });
    await cluster.crash();
    await cluster.start();
    await connected(cluster.url('crashed'), async (client) => {
      expect(await kept(client)).toBe(0);
      expect(await page(client)).toBe(before);
      await client.query('select noetl.fold()');
      expect(await kept(client)).toBe(2);
      expect(await page(client)).toBe(before);
    });
  });
});

/** Says which families it is given each time. */
function given(client: Client): () => Promise<string[]> {
  let token: string | null = null;
  return async () => {
    const { rows: [head, ...changed] } = await client.query<{ family: string; next_token: string; complete: boolean }>(
      'select family, next_token, complete from noetl.page_since(false, $1)', [token]);
    token = head?.next_token ?? null;
    // what rules yield is asked for with every page
    const families = changed.map(({ family }) => family).filter((family) => !family.startsWith('ALERTS'));
    return [...(head?.complete === true ? ['complete'] : []), ...families.toSorted()];
  };
}
