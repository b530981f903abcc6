// dashboards.mjs URL TOKEN_FILE FOLDER: writes every dashboard of the server into the folder. A preset that it does not have is none.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [url, tokenFile, folder] = process.argv.slice(2);
const authorization = `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`;
for (const preset of ['noetl', 'operations', 'hodei', 'xyn', 'postgres']) {
  const answer = await fetch(`${url}/grafana/${preset}.json`, { headers: { authorization } });
  if (!answer.ok) throw new Error(`${preset}: ${answer.status} ${await answer.text()}`);
  await writeFile(join(folder, `${preset}.json`), await answer.text());
  console.log(`${preset}.json`);
}
