import type { Client } from 'pg';
import { insertInto, makeBareTable, makeClassicalTable } from './harness/classical.ts';
import { openConnection } from './harness/http.ts';
import { openVictoriaMetrics, startPushgateway } from './harness/others.ts';
import { openSession, type Postgres } from './harness/postgres.ts';
import { compare, repeat, timed, type Peer } from './harness/rounds.ts';
import { pageOf, samples, storeSamples } from './harness/workload.ts';
import type { Bench, Scenario } from './harness/scenario.ts';

/** So many series there are; each statement brings one sample of each of the next ones. */
const series = 10_000;

/**
 * Seconds of one statement that stores 1, 100 or 10,000 samples, on one connection, each its own transaction, fsync on.
 *
 * Ours is the production installation. It knows the series already; `noetl.fold()` runs once in each round beside the
 * statements, so that every row is folded once while others are written, as in production. The second line of ours is the
 * same without. The others are tables in databases of their own on the same server: the classical design; a bare one.
 * Pushgateway and VictoriaMetrics get the same samples as text, over one kept connection. Neither has them on disk when
 * it answers: the one keeps them in memory only, the other writes them within seconds.
 */
export const insert: Scenario = {
  name: 'insert',
  run: async (bench) => {
    const postgres = await bench.postgres();
    const writers = await openWriters(bench, postgres);
    const folder = await openSession(writers.foldedUrl);
    bench.after(() => folder.end());
    const victoria = await openVictoriaMetrics(bench);

    for (const rows of bench.options.quick ? [1, 100] : [1, 100, 10_000]) {
      const statements = bench.options.quick ? 5 : Math.max(10, Math.min(500, 50_000 / rows));
      const writing = (client: Client, table: string) => async (): Promise<number> =>
        (await timed(() => write(client, table, rows, statements))) / statements;
      const beside: Peer[] = [
        { name: 'ours, nothing folding', round: writing(writers.unfolded, 'noetl.metric') },
        { name: 'classical table', round: writing(writers.classical, 'classical'), ...target(rows, 3) },
        { name: 'bare table', round: writing(writers.bare, 'bare'), ...target(rows, 0.35) },
      ];
      if (bench.peers.pushgateway.path !== undefined) {
        const server = await startPushgateway(bench.peers.pushgateway.path);
        bench.after(() => server.stop());
        beside.push({ name: 'Pushgateway push', round: pushing(bench, `${server.url}/metrics/job/bench`, rows, statements) });
      }
      if (victoria !== undefined) {
        beside.push({ name: 'VictoriaMetrics import', round: pushing(bench, `${victoria.url}/api/v1/import/prometheus`, rows, statements) });
      }
      await compare(bench, {
        scenario: `insert ${rows.toLocaleString('en')} rows`,
        ours: async () => {
          const folding = folder.query('select noetl.fold()');
          const seconds = await writing(writers.folded, 'noetl.metric')();
          await folding; // what is left of it is the next round's time for nobody
          return seconds;
        },
        beside,
      });
    }
  },
};

function target(rows: number, faster: number): Pick<Peer, 'target'> {
  return rows === 10_000 ? { target: { faster } } : {};
}

async function write(client: Client, table: string, rows: number, statements: number): Promise<void> {
  const statement = insertInto(table, rows);
  await repeat(statements, (place) => client.query({ ...statement, values: [(place * rows) % series] }));
}

async function openWriters(bench: Bench, postgres: Postgres) {
  const opened = async (url: string, prepare: (client: Client) => Promise<unknown>): Promise<Client> => {
    const client = await openSession(url);
    bench.after(() => client.end());
    await storeSamples(client, series);
    await prepare(client);
    return client;
  };
  const known = async (client: Client): Promise<void> => {
    await client.query("select noetl.register_runtime('bench', 'bench')");
    await client.query({ ...insertInto('noetl.metric', series), values: [0] });
    await client.query('select noetl.fold()');
    await client.query('vacuum analyze');
  };
  const foldedUrl = await postgres.installed('insert_folded');
  return {
    foldedUrl,
    folded: await opened(foldedUrl, known),
    unfolded: await opened(await postgres.installed('insert_unfolded'), known),
    classical: await opened(await postgres.empty('insert_classical'), makeClassicalTable),
    bare: await opened(await postgres.empty('insert_bare'), makeBareTable),
  };
}

/** Of the same series; what is pushed to a Pushgateway replaces what was pushed before. */
function pushing(bench: Bench, url: string, rows: number, pushes: number): Peer['round'] {
  const connection = openConnection(url, 'POST');
  bench.after(() => connection.close());
  const all = samples(series);
  const bodies = Array.from({ length: pushes }, (_, push) => {
    const begin = (push * rows) % series;
    return pageOf(all.slice(begin, begin + rows));
  });
  return async () => (await timed(() => repeat(pushes, (push) => connection.send(bodies[push])))) / pushes;
}
