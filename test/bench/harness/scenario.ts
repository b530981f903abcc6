import type { Peers } from './peers.ts';
import type { Postgres } from './postgres.ts';
import type { Spread } from './rounds.ts';

/** One file of test/bench: what is measured, beside what, and what is promised. */
export interface Scenario {
  /** The word behind `npm run bench --`, and the name of the file. */
  readonly name: string;
  run(bench: Bench): Promise<void>;
}

/** What a scenario is given. */
export interface Bench {
  readonly options: Options;
  readonly peers: Peers;
  /** A durable PostgreSQL with the settings of `npm start`, the same for all scenarios of a run. */
  postgres(): Promise<Postgres>;
  /** Puts lines into the table, in the order in which they come. */
  add(...rows: Row[]): void;
  /** A sentence under the table. */
  note(text: string): void;
  /** Ends something when the scenario is over, in reverse order. */
  after(end: () => Promise<unknown>): void;
}

export interface Options {
  /** Tiny sizes: shows that everything runs, and measures nothing. */
  readonly quick: boolean;
  /** The sizes of the targets where the usual ones are smaller: 10,000,000 jobs, a day of 10,000,000 rows. */
  readonly full: boolean;
  readonly rounds: number;
  /** Rows of the day that is dropped; undefined: as `quick` and `full` say. */
  readonly rows: number | undefined;
}

export type Unit = 's' | 'B' | '%' | 'times' | 'rows';

export interface Measure {
  readonly value: number;
  readonly unit: Unit;
  /** Of the rounds whose median `value` is. */
  readonly spread?: Spread;
}

/**
 * What is promised. `faster`: theirs / ours is at least so much. `share`: ours / theirs is at most so much. `under`:
 * ours is less than so much.
 */
export type Target = { readonly faster: number } | { readonly share: number } | { readonly under: number };

/** One line of the table. */
export interface Row {
  readonly scenario: string;
  readonly ours: Measure;
  /** Beside what; undefined: a figure that stands alone. */
  readonly peer?: string;
  readonly theirs?: Measure;
  /** Of theirs / ours or ours / theirs, as `per` says. */
  readonly ratio?: Spread;
  readonly per?: 'theirs/ours' | 'ours/theirs';
  readonly target?: Target;
  /** Undefined: nothing was promised, or the run was too small to tell. */
  readonly met?: boolean;
  /** Why there is no figure of theirs. */
  readonly missing?: string;
}
