/** Numbers that a seed decides, so that a run can be repeated: NOETL_SEED=… replays one. */
export interface Random {
  readonly seed: number;
  /** From 0 up to, but not including, `below`. */
  whole(below: number): number;
  /** True this often: 0.25 is one time in four. */
  chance(share: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** Another stream, as reproducible as this one whatever this one does next. */
  fork(n: number): Random;
}

export function seededRandom(seed = seedOfRun()): Random {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    seed,
    whole,
    chance: (share) => next() < share,
    pick: (choices) => choices[whole(choices.length)] ?? choices[0],
    fork: (n) => seededRandom((seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0),
  };
}

function seedOfRun(): number {
  const given = process.env['NOETL_SEED'];
  return given === undefined ? Math.floor(Math.random() * 4294967296) : Number(given);
}
