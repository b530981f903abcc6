import type { HTTPMethods } from 'fastify';
import type { Pool } from 'pg';
import { clock, rowsWithin } from '../database.ts';
import type { Right } from './access.ts';
import type { Takes } from './body.ts';
import type { ErrorForm, Statuses } from './problem.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** A row of `_noetl.endpoint`, which says what the columns are. */
export interface Endpoint {
  readonly id: string;
  readonly method: HTTPMethods;
  readonly path: string;
  readonly right: Right | 'none';
  readonly handler: string | null;
  readonly arguments: readonly string[];
  readonly statement: string | null;
  readonly is_streamed: boolean;
  readonly status: number;
  readonly content_type: string | null;
  readonly takes: Takes;
  readonly body_limit_bytes: number;
  readonly errors: string;
  readonly statuses: Readonly<Record<string, number>>;
  readonly is_tolerant: boolean;
  readonly budget: 'request' | 'page' | 'none';
  readonly definition: {
    readonly path?: Schema;
    readonly query?: Schema;
    readonly headers?: Schema;
    readonly required?: readonly string[];
    readonly body_optional?: boolean;
  };
}

/** All that SQL says of the API, as `_noetl.http_catalogue()` gives it. */
export interface Catalogue {
  readonly version: string;
  readonly endpoints: readonly Endpoint[];
  readonly forms: Readonly<Record<string, ErrorForm>>;
  readonly statuses: Statuses;
  readonly document: object;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly endpoint?: Endpoint;
  }
}

/** Milliseconds. */
const patience = 5000;

export async function readCatalogue(pool: Pool): Promise<Catalogue> {
  const [row] = await rowsWithin<[Catalogue]>(pool, 'select _noetl.http_catalogue()', { deadline: clock() + patience });
  if (row === undefined) throw new Error('there is no catalogue');
  return row[0];
}

/** Changes when an install has changed what is declared. */
export async function catalogueVersion(pool: Pool): Promise<string> {
  const [row] = await rowsWithin<[string]>(pool, 'select _noetl.http_version()', { deadline: clock() + patience });
  return row?.[0] ?? '';
}
