import type { Bench, Measure, Row, Target, Unit } from './scenario.ts';

/** Median, least and greatest of several rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** One way to do the work. A round does it once and says what it cost. */
export interface Side {
  readonly name: string;
  round(): Promise<number>;
}

export interface Peer extends Side {
  readonly target?: Target;
}

export interface Comparison {
  readonly scenario: string;
  readonly unit?: Unit;
  readonly ours: Side['round'];
  readonly beside: readonly Peer[];
  /** What is promised of ours alone. */
  readonly target?: Target;
  /** False: each round makes what it works on, so that there is nothing to warm up. */
  readonly warm?: boolean;
  /** Short rounds in the place of each: what takes a millisecond is told from what else the machine does by many turns. */
  readonly turns?: number;
}

/**
 * Does the work on every side in turn, round by round (A B C, B C A, …), so that a slow minute of the machine is a slow
 * minute for all. The ratio is taken within each round. A first round is done and thrown away: it fills caches.
 */
export async function compare(bench: Bench, { scenario, unit = 's', ours, beside, target, warm = true, turns = 1 }: Comparison): Promise<void> {
  const sides: Side[] = [{ name: 'ours', round: ours }, ...beside];
  const costs: number[][] = sides.map(() => []);
  if (warm) for (const side of sides) await side.round();
  for (let round = 0; round < bench.options.rounds * turns; round += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const place = (round + turn) % sides.length;
      costs[place]?.push((await sides[place]?.round()) ?? Number.NaN);
    }
  }
  const [own = [], ...others] = costs;
  const measured = medianOf(own, unit);
  if (target !== undefined || beside.length === 0) {
    bench.add(judged(bench, { scenario, ours: measured, ...(target && { target }) }));
  }
  bench.add(...beside.map((peer, place) => {
    const theirs = others[place] ?? [];
    const per = peer.target && 'share' in peer.target ? 'ours/theirs' : 'theirs/ours';
    const ratios = own.map((cost, round) => {
      const other = theirs[round] ?? Number.NaN;
      return per === 'ours/theirs' ? cost / other : other / cost;
    });
    return judged(bench, {
      scenario,
      ours: measured,
      peer: peer.name,
      theirs: medianOf(theirs, unit),
      ratio: spread(ratios),
      per,
      ...(peer.target && { target: peer.target }),
    });
  }));
}

function medianOf(costs: readonly number[], unit: Unit): Measure {
  const all = spread(costs);
  return { value: all.median, unit, spread: all };
}

/** A line with its verdict. A quick run has none: it is too small to tell. */
export function judged(bench: Bench, row: Omit<Row, 'met'>): Row {
  if (row.target === undefined || bench.options.quick) return row;
  return { ...row, met: isMet(row.target, row) };
}

function isMet(target: Target, { ours, ratio }: Omit<Row, 'met'>): boolean {
  if ('under' in target) return ours.value < target.under;
  if (ratio === undefined) return false;
  return 'faster' in target ? ratio.median >= target.faster : ratio.median <= target.share;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
}

/** Seconds that it takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

/** One after the other, `times` times. */
export async function repeat(times: number, work: (place: number) => Promise<unknown>): Promise<void> {
  for (let place = 0; place < times; place += 1) await work(place);
}
