// Loaded into every Node of runAsOf(): some programs are started with an environment made anew (PostgreSQL by the
// product, the product by its tests), and they must have the same clock.
import { ChildProcess } from 'node:child_process';

const clock = ['LD_PRELOAD', 'CLOCK_OFFSET', 'NODE_OPTIONS'].map((name) => `${name}=${process.env[name]}`);
const { spawn } = ChildProcess.prototype;

ChildProcess.prototype.spawn = function (options) {
  const given = new Set(options.envPairs.map(nameOf));
  options.envPairs.push(...clock.filter((pair) => !given.has(nameOf(pair))));
  return spawn.call(this, options);
};

function nameOf(pair) {
  return pair.split('=', 1)[0];
}
