import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/server.ts';
import { openSession } from './harness/postgres.ts';
import { compare } from './harness/rounds.ts';
import type { Scenario } from './harness/scenario.ts';

const run = promisify(execFile);

/**
 * Seconds for one increment of one and the same counter, committed, fsync on, from 1, 4 and 16 sessions at once that do
 * nothing else: all increments of a time divided by that time. `noetl.inc()` beside the `UPDATE … SET value = value + 1`
 * that one writes without it, and beside `INSERT INTO … VALUES (1)` into a table of one column and no index, which is the
 * least that a commit can cost here: no way of counting that commits each increment could be faster. Ours is folded every
 * second meanwhile (production: every five), and both counters must show every increment in the end.
 *
 * The sessions are pgbench's, with prepared statements: it takes a fifth of the processor that as many sessions of Node take,
 * which one thread of it cannot even keep busy.
 *
 * An update keeps its row locked until its commit is on the disk, so what that takes decides how far apart the two are:
 * they are compared on the disk of this machine as it is, and with commits that take 2 ms longer, as on storage that is
 * reached over a network. That is commit_delay without regard to siblings, for all sides alike.
 */
export const counter: Scenario = {
  name: 'counter',
  run: async (bench) => {
    const { path: pgbench } = bench.peers.pgbench;
    if (pgbench === undefined) return;
    const postgres = await bench.postgres();
    const seconds = bench.options.quick ? 1 : 3;
    const ours = await postgres.installed('counter_inc');
    const plain = await postgres.empty('counter_update');
    const [folder, owner] = [await openSession(ours), await openSession(plain)];
    bench.after(() => Promise.all([folder.end(), owner.end()]));
    await folder.query("select noetl.inc('bench_total', '{\"queue\": \"a\"}', 0); select noetl.fold()");
    await owner.query(`
      create table counter (name text, labels jsonb, value double precision not null, primary key (name, labels)) with (fillfactor = 50);
      insert into counter values ('bench_total', '{"queue": "a"}', 0);
      create table increment (value double precision)`);

    const scripts = await temporaryFolder();
    const script = async (name: string, text: string): Promise<string> => {
      const path = join(scripts, name);
      await writeFile(path, text);
      return path;
    };
    const increment = await script('inc.sql', "select noetl.inc('bench_total', '{\"queue\": \"a\"}');");
    const update = await script('update.sql', `update counter set value = value + 1 where name = 'bench_total' and labels = '{"queue": "a"}';`);
    const insert = await script('insert.sql', 'insert into increment values (1);');

    let [increments, updates] = [0, 0];
    for (const [sessions, slower] of [[1, 0], [4, 0], [16, 0], [16, 2]] as const) {
      const together = async (url: string, text: string): Promise<Counted> => count(pgbench, { url, script: text, sessions, seconds, slower });
      await compare(bench, {
        scenario: `increment, ${sessions} session${sessions === 1 ? '' : 's'}${slower === 0 ? '' : `, slow disk`}`,
        ours: async () => {
          const folding = setInterval(() => void folder.query('select noetl.fold(); select noetl.rotate_events()'), 1000);
          const { done, each } = await together(ours, increment);
          clearInterval(folding);
          await folder.query('select'); // until it has folded
          increments += done;
          return each;
        },
        beside: [{
          name: 'UPDATE … + 1',
          round: async () => {
            const { done, each } = await together(plain, update);
            updates += done;
            return each;
          },
          ...(sessions === 16 && { target: { faster: 8 } }),
        }, {
          name: 'INSERT … VALUES (1)',
          round: async () => (await together(plain, insert)).each,
        }],
      });
    }
    const shown = await folder.query<{ value: number }>("select sum(value) as value from _noetl.current_value where prefix like 'bench_total%'");
    const stored = await owner.query<{ value: number }>('select value from counter');
    if (shown.rows[0]?.value !== increments) throw new Error(`the page shows ${shown.rows[0]?.value} of ${increments} increments`);
    if (stored.rows[0]?.value !== updates) throw new Error(`the table holds ${stored.rows[0]?.value} of ${updates} updates`);
  },
};

interface Counting {
  readonly url: string;
  readonly script: string;
  readonly sessions: number;
  readonly seconds: number;
  /** Milliseconds that a commit takes longer. */
  readonly slower: number;
}

interface Counted {
  /** Transactions. */
  readonly done: number;
  /** Seconds for each, of the time without connecting. */
  readonly each: number;
}

/** How often the sessions got a script done, each as fast as it could, until the time was over. */
async function count(pgbench: string, { url, script, sessions, seconds, slower }: Counting): Promise<Counted> {
  const { stdout } = await run(
    pgbench,
    ['-n', '-M', 'prepared', '-c', String(sessions), '-j', String(Math.min(sessions, availableParallelism())), '-T', String(seconds), '-f', script, url],
    { env: { PGOPTIONS: `-c commit_siblings=0 -c commit_delay=${slower * 1000}` } },
  );
  const done = Number(/^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1]);
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  if (!(done > 0 && rate > 0)) throw new Error(`pgbench says: ${stdout}`);
  return { done, each: 1 / rate };
}
