import type { Client } from 'pg';
import { openSession, openSessions } from './harness/postgres.ts';
import { compare } from './harness/rounds.ts';
import type { Scenario } from './harness/scenario.ts';

/**
 * Seconds for one increment of one and the same counter, committed, fsync on, from 1, 4 and 16 sessions at once that do
 * nothing else: all increments of a time divided by that time. `noetl.inc()` beside the `UPDATE … SET value = value + 1`
 * that one writes without it, and beside `INSERT INTO … VALUES (1)` into a table of one column and no index, which is the
 * least that a commit can cost here: no way of counting that commits each increment could be faster. Ours is folded every
 * second meanwhile (production: every five), and both counters must show every increment in the end.
 *
 * An update keeps its row locked until its commit is on the disk, so what that takes decides how far apart the two are:
 * they are compared on the disk of this machine as it is, and with commits that take 2 ms longer, as on storage that is
 * reached over a network. That is commit_delay without regard to siblings, for all sides alike.
 */
export const counter: Scenario = {
  name: 'counter',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const seconds = bench.options.quick ? 0.2 : 2;
    const ours = await postgres.installed('counter_inc');
    const plain = await postgres.empty('counter_update');
    const [folder, owner] = [await openSession(ours), await openSession(plain)];
    bench.after(() => Promise.all([folder.end(), owner.end()]));
    await folder.query("select noetl.inc('bench_total', '{\"queue\": \"a\"}', 0); select noetl.fold()");
    await owner.query(`
      create table counter (name text, labels jsonb, value double precision not null, primary key (name, labels)) with (fillfactor = 50);
      insert into counter values ('bench_total', '{"queue": "a"}', 0);
      create table increment (value double precision)`);

    let [increments, updates] = [0, 0];
    for (const [sessions, slower] of [[1, 0], [4, 0], [16, 0], [16, 2]] as const) {
      const [incrementing, updating] = [await openSessions(ours, sessions), await openSessions(plain, sessions)];
      for (const session of [...incrementing.all, ...updating.all]) {
        await session.query(`set commit_siblings = 0; set commit_delay = ${slower * 1000}`);
      }
      await compare(bench, {
        scenario: `increment, ${sessions} session${sessions === 1 ? '' : 's'}${slower === 0 ? '' : `, slow disk`}`,
        ours: async () => {
          const folding = setInterval(() => void folder.query('select noetl.fold(); select noetl.rotate_events()'), 1000);
          const done = await together(incrementing.all, seconds, "select noetl.inc('bench_total', '{\"queue\": \"a\"}')");
          clearInterval(folding);
          await folder.query('select'); // until it has folded
          increments += done;
          return seconds / done;
        },
        beside: [{
          name: 'UPDATE … + 1',
          round: async () => {
            const done = await together(
              updating.all, seconds, `update counter set value = value + 1 where name = 'bench_total' and labels = '{"queue": "a"}'`);
            updates += done;
            return seconds / done;
          },
          ...(sessions === 16 && { target: { faster: 8 } }),
        }, {
          name: 'INSERT … VALUES (1)',
          round: async () => seconds / (await together(updating.all, seconds, 'insert into increment values (1)')),
        }],
      });
      await Promise.all([incrementing.close(), updating.close()]);
    }
    const shown = await folder.query<{ value: number }>("select sum(value) as value from _noetl.current_value where prefix like 'bench_total%'");
    const stored = await owner.query<{ value: number }>('select value from counter');
    if (shown.rows[0]?.value !== increments) throw new Error(`the page shows ${shown.rows[0]?.value} of ${increments} increments`);
    if (stored.rows[0]?.value !== updates) throw new Error(`the table holds ${stored.rows[0]?.value} of ${updates} updates`);
  },
};

/** How often the sessions got a statement done, each as fast as it could, until the time was over. */
async function together(sessions: readonly Client[], seconds: number, text: string): Promise<number> {
  const end = performance.now() + seconds * 1000;
  const done = await Promise.all(sessions.map(async (session) => {
    let count = 0;
    while (performance.now() < end) {
      await session.query({ name: text.slice(0, 60), text });
      count += 1;
    }
    return count;
  }));
  return done.reduce((sum, count) => sum + count, 0);
}
