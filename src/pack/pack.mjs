// npm run pack: writes what a release consists of, beside the compiled program, into dist/. See README.md.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeFile, readRelease } from '../../dist/install.js';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = async (path) => readFile(join(root, path), 'utf8');
const code = async (name) => (await codeFile(name)).text;

const files = build({
  about: JSON.parse(await text('package.json')),
  earlier: JSON.parse(await text('src/pack/released.json')).earlier,
  release: await readRelease(),
  parts: {
    beginInstall: await code('begin_install.sql'),
    holdInstall: await code('hold_install.sql'),
    createRoles: await code('role/create_roles.sql'),
  },
  license: await text('LICENSE'),
});
const folder = join(root, 'dist');
await rm(join(folder, 'extension'), { recursive: true, force: true });
for (const [path, content] of Object.entries(files)) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
  console.log(`dist/${path}  ${content.length} characters`);
}
