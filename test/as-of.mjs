// Runs the tests as if it were another time, for Node and PostgreSQL alike:
//   npm run test:as-of                                  at this week's moment, as CI does
//   npm run test:as-of -- 'leap day' test/partition     at one of test/moments.mjs
//   npm run test:as-of -- 2027-01-01T00:00:00Z          at any other
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { momentNames, momentOfWeek, timeOf } from './moments.mjs';
import { runAsOf } from './support/clock.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [moment = momentOfWeek(), ...files] = process.argv.slice(2);
const time = timeOf(moment);
if (Number.isNaN(time)) {
  console.error(`${moment} is neither a time nor one of these: ${momentNames.join(', ')}`);
  process.exit(2);
}
console.log(`as of ${new Date(time).toISOString()} (${moment})`);
const vitest = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', join(root, 'test', 'vitest.config.ts')];
const { status } = runAsOf(time, process.execPath, [...vitest, ...files], { cwd: root, stdio: 'inherit', env: process.env });
process.exit(status ?? 1);
