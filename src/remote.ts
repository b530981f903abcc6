import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { masked } from './config.ts';

export interface RemoteOptions {
  /** Of the databases that are read, as PostgreSQL URLs. */
  readonly from: readonly string[];
  /** What each is called on the page, in the same order; host, port and database without one. */
  readonly names?: readonly string[];
  /** The collectors whose queries are asked; those of PostgreSQL itself if not given. */
  readonly collectors?: readonly string[] | undefined;
  /** Reads each once instead of until the signal. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

/** A row of `_noetl.remote_collector()`. */
interface Question {
  readonly name: string;
  readonly every_ms: number;
  readonly timeout_ms: number;
  readonly search_path: string;
  readonly statement: string;
}

/** Milliseconds, all of them. */
const connectWithin = 5000;
const toStore = 10_000;
const beat = 5000;

/** Reads databases elsewhere into the one at `url`, each as a component of its own; returns whether all went well the last time. */
export async function collectRemotes(url: string, options: RemoteOptions, say: (line: string) => void): Promise<boolean> {
  const results = await Promise.all(options.from.map(async (from, n) => new Remote(url, from, options.names?.[n] ?? nameOf(from), options, say).follow()));
  return results.every(Boolean);
}

class Remote {
  readonly #url: string;
  readonly #from: string;
  readonly #name: string;
  readonly #options: RemoteOptions;
  readonly #say: (line: string) => void;
  /** When each was asked last, in milliseconds since 1970. */
  readonly #asked = new Map<string, number>();
  /** What was said of each last. */
  readonly #faults = new Map<string, string | null>();

  constructor(url: string, from: string, name: string, options: RemoteOptions, say: (line: string) => void) {
    this.#url = url;
    this.#from = from;
    this.#name = name;
    this.#options = options;
    this.#say = say;
  }

  async follow(): Promise<boolean> {
    const { once = false, signal } = this.#options;
    if (!once) this.#say(`Starting metrics collector (interval=${beat / 1000}s): ${this.#name}`);
    for (;;) {
      const begun = Date.now();
      const went = await this.#round(begun).catch((error: unknown) => this.#tell('collect', messageOf(error)));
      if (once) return went;
      try {
        await delay(Math.max(0, begun + beat - Date.now()), undefined, signal === undefined ? {} : { signal });
      } catch {
        return went;
      }
    }
  }

  /** What is due, on a connection of its own to either side, so that neither holds a transaction or a place in between. */
  async #round(now: number): Promise<boolean> {
    const home = connection(this.#url, toStore);
    try {
      await home.connect();
      const registered = await home.query<{ id: string }>(`select noetl.register_runtime($1, 'postgres', base_url => $2)::text as id`, [this.#name, masked(this.#from)]);
      const id = registered.rows[0]?.id ?? '';
      await home.query('select noetl.heartbeat($1)', [id]);
      const there = connection(this.#from, connectWithin);
      try {
        await there.connect();
        const version = await there.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
        const asked = await home.query<Question>('select * from _noetl.remote_collector($1, $2)', [version.rows[0]?.version, this.#options.collectors ?? null]);
        let well = true;
        for (const question of asked.rows) {
          // a beat that comes a little early is meant for now
          if (now - (this.#asked.get(question.name) ?? 0) < question.every_ms - beat / 2) continue;
          this.#asked.set(question.name, now);
          well = (await this.#ask(home, there, id, question)) && well;
        }
        return well && this.#tell('collect', null);
      } catch (error) {
        const { rows } = await home.query<{ name: string }>('select r.name from _noetl.collector_run as r where r.runtime_id = $1', [id]);
        for (const { name } of rows) await this.#store(home, id, name, [], messageOf(error), 0);
        this.#asked.clear();
        throw error;
      } finally {
        await there.end().catch(() => {});
      }
    } finally {
      await home.end().catch(() => {});
    }
  }

  async #ask(home: Client, there: Client, id: string, { name, statement, search_path: path, timeout_ms: timeout }: Question): Promise<boolean> {
    const begun = performance.now();
    let rows: unknown[] = [];
    let error: string | null = null;
    try {
      await there.query(`begin transaction read only; set local statement_timeout = ${Math.ceil(timeout)}; set local lock_timeout = '1s'`);
      await there.query(`select set_config('search_path', $1, true)`, [path]);
      rows = (await there.query<{ rows: unknown[] }>(statement)).rows[0]?.rows ?? [];
    } catch (failure) {
      error = messageOf(failure);
    }
    await there.query('rollback');
    return this.#tell(name, await this.#store(home, id, name, rows, error, (performance.now() - begun) / 1000));
  }

  async #store(home: Client, id: string, name: string, rows: unknown[], error: string | null, seconds: number): Promise<string | null> {
    const { rows: stored } = await home.query<{ fault: string | null }>('select _noetl.record_remote($1, $2, $3, $4, $5, $6) as fault',
      [name, id, this.#name, JSON.stringify(rows), error, seconds]);
    return stored[0]?.fault ?? null;
  }

  /** Says a fault when it is new, however often it comes, and its end; returns whether there is none. */
  #tell(what: string, fault: string | null): boolean {
    const last = this.#faults.get(what) ?? null;
    this.#faults.set(what, fault);
    if (fault !== null && fault !== last) this.#say(`${this.#name}: ${what}: ${fault}`);
    if (fault === null && last !== null) this.#say(`${this.#name}: ${what}: works again`);
    return fault === null;
  }
}

function connection(url: string, timeout: number): Client {
  const client = new Client({ connectionString: url, application_name: 'noetl-metrics collect', connectionTimeoutMillis: connectWithin, query_timeout: timeout + 60_000 });
  client.on('error', () => {});
  return client;
}

/** Host, port and database. */
function nameOf(url: string): string {
  if (!URL.canParse(url)) return 'postgres';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
