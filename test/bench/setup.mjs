// npm run bench:setup: installs the peers that `npm run bench` measures beside, from Debian's own packages.
// (prom-client comes with npm ci.) Where Debian starts a service at once it may take CPU from the measurements:
// it is stopped here, and can be removed afterwards with apt-get remove.
import { spawnSync } from 'node:child_process';

const packages = [
  'postgresql-15',
  'postgresql-15-partman',
  'prometheus',
  'prometheus-pushgateway',
  'prometheus-sql-exporter',
  'victoria-metrics',
];
const services = ['prometheus', 'prometheus-pushgateway', 'prometheus-sql-exporter', 'victoria-metrics'];

const sudo = process.getuid?.() === 0 ? [] : ['sudo'];
const installed = run([...sudo, 'apt-get', 'update']) && run([...sudo, 'apt-get', 'install', '-y', '--no-install-recommends', ...packages]);
if (!installed) {
  console.error(`Could not install ${packages.join(', ')}: the bench runs without them and names what is missing.`);
  process.exit(1);
}
if (run(['systemctl', 'is-system-running', '--quiet'])) run([...sudo, 'systemctl', 'disable', '--now', ...services]);

function run([command, ...args]) {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}
