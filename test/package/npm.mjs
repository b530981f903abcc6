// The tarball as npm would publish it, installed into empty projects.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const nodes = { 20: '20.20.0', 22: '22.23.0', 24: '24.21.0' };
const managers = {
  npm: { version: undefined, install: ['npm', 'install', '--engine-strict', '--no-audit', '--no-fund'] },
  pnpm: { version: 'pnpm@9', install: ['pnpm', 'add', '--config.engine-strict=true', '--config.strict-peer-dependencies=true'] },
  yarn: { version: 'yarn@1', install: ['yarn', 'add', '--non-interactive', '--ignore-optional'] },
};
const scratch = mkdtempSync(join(tmpdir(), 'noetl-packages-'));
let failures = 0;

/** A program's folder from the npm registry, kept in .cache/. */
function fetched(name, version, part) {
  const folder = join(root, '.cache', name, version);
  if (!existsSync(join(folder, 'node_modules', name))) {
    execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--no-package-lock', `${name}@${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return join(folder, 'node_modules', name, part);
}

/** Such a version as there is: a registry that has not that very one has another of its major. */
function nodeFolder(major) {
  for (const version of [nodes[major], major]) {
    try {
      return fetched(`node-${platform()}-${arch()}`, version, 'bin');
    } catch {
      // the next
    }
  }
  return undefined;
}

function attempt(what, act) {
  const begun = Date.now();
  try {
    const said = act();
    console.log(`npm: ${what}${said === undefined ? '' : `: ${said}`} (${Math.round((Date.now() - begun) / 1000)} s)`);
  } catch (error) {
    failures += 1;
    console.log(`npm: FAILED: ${what}: ${String(error.stdout || error.stderr || error.message).slice(-2000)}`);
  }
}

const { TEST_DATABASE_URL: _, ...environment } = process.env;
const at = (cwd, bin, ...more) => ({ cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, ...more[0], PATH: `${bin}${delimiter}${process.env.PATH}` } });

execFileSync('npm', ['run', '--silent', 'pack'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
const packed = JSON.parse(execFileSync('npm', ['pack', '--json', '--silent', '--pack-destination', scratch], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).replace(/^[^]*?(?=^\[)/m, ''))[0];
const tarball = join(scratch, packed.filename);
console.log(`npm: ${packed.filename}: ${packed.files.length} files, ${Math.round(packed.size / 1000)} kB, ${Math.round(packed.unpackedSize / 1000)} kB unpacked`);

/** The oldest Node by every manager and the others by npm, or every pair of them. */
const isFull = process.env['NOETL_PACKAGES'] === 'full';

for (const [n, major] of Object.keys(nodes).entries()) {
  const bin = nodeFolder(major);
  if (bin === undefined) {
    console.log(`npm: not tried: Node ${major}, which the registry does not have`);
    continue;
  }
  for (const [name, { version, install }] of Object.entries(managers).filter((_manager, m) => isFull || n === 0 || m === 0)) {
    attempt(`Node ${execFileSync(join(bin, 'node'), ['--version'], { encoding: 'utf8' }).trim()}, ${name}`, () => {
      const folder = join(scratch, `${major}-${name}`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', private: true }));
      const [program, ...args] = install;
      const command = version === undefined ? [program, ...args] : ['npx', '--yes', version, ...args];
      const done = spawnSync(command[0], [...command.slice(1), tarball], at(folder, bin));
      if (done.status !== 0) throw new Error(`${done.stdout}${done.stderr}`);
      const warned = done.stderr.split('\n').filter((line) => /EBADENGINE|engine .*incompatible/i.test(line));
      if (warned.length > 0) throw new Error(warned.join('\n'));
      return execFileSync(join(bin, 'node'), ['node_modules/noetl-metrics/dist/cli.js', '--version'], at(folder, bin)).trim();
    });
  }
}

const home = join(scratch, '20-npm');
attempt('npx noetl-metrics start in an empty folder gives a page', () => {
  const port = 20_000 + Math.floor(Math.random() * 8000);
  const product = spawn('npx', ['noetl-metrics', 'start'], { cwd: home, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, PORT: String(port), NOETL_PG_PORT: String(port + 1) } });
  try {
    for (let n = 0; n < 600; n += 1) {
      const { status, stdout } = spawnSync('curl', ['-sf', `localhost:${port}/metrics`], { encoding: 'utf8' });
      if (status === 0 && stdout.includes('# TYPE ')) return `${stdout.split('\n').length} lines`;
      spawnSync('sleep', ['0.2']);
    }
    throw new Error('no page in two minutes');
  } finally {
    if (product.pid !== undefined) process.kill(-product.pid, 'SIGTERM');
    spawnSync('sleep', ['5']);
  }
});

attempt("the README's client example compiles in a new TypeScript project", () => {
  const folder = join(scratch, 'typescript');
  mkdirSync(folder);
  const here = at(folder, '');
  execFileSync('npm', ['init', '-y'], here);
  execFileSync('npm', ['pkg', 'set', 'type=module'], here);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', tarball, 'typescript@5', '@types/node@20', 'prom-client@15'], here);
  execFileSync('npx', ['tsc', '--init'], here);
  const texts = [join(root, 'README.md'), ...readdirSync(join(root, 'src', 'client')).filter((name) => name === 'README.md').map((name) => join(root, 'src', 'client', name))].map((path) => readFileSync(path, 'utf8'));
  const examples = texts.flatMap((text) => [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code)).filter((code) => code.includes("from 'noetl-metrics/client'"));
  if (examples.length === 0) throw new Error('there is no example');
  examples.forEach((code, n) => writeFileSync(join(folder, `example${n}.ts`), code));
  execFileSync('npx', ['tsc', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck', 'false', '--strict', '--types', 'node', '-p', '.'], here);
  return `${examples.length} examples`;
});

rmSync(scratch, { recursive: true, force: true });
process.exit(failures > 0 ? 1 : 0);
