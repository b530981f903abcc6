import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAlertmanager, type Alertmanager } from '../support/alertmanager.ts';
import { useDatabase } from '../support/database.ts';
import { alertmanager, inTrueTime, needing } from '../support/tools.ts';
import { slow, useWorkers } from '../worker/worker.ts';

interface Payload {
  readonly status: string;
  readonly receiver: string;
  readonly alerts: readonly { status: string; labels: Record<string, string>; startsAt: string; endsAt: string }[];
  readonly [field: string]: unknown;
}

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Payload;
}

/** A receiver of webhooks on loopback. */
const received: Received[] = [];
/** What it answers at a path; 200 where nothing is said. */
const answers = new Map<string, number>();
let receiver: Server;
let base: string;
beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what our own tests then look at
      received.push({ path, headers: request.headers, body: JSON.parse(text) as Payload });
      const status = answers.get(path) ?? 200;
      if (status > 0) response.writeHead(status).end(status === 200 ? 'ok' : 'no, thank you');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(() => {
  received.length = 0;
  answers.clear();
});

const at = (path: string): Payload[] => received.filter((each) => each.path === path).map(({ body }) => body);

describe('a notification', () => {
  const db = useDatabase({ per: 'test' });
  const workers = useWorkers();

  /** The value that the rule High asks of; evaluated at once. */
  const becomes = async (value: number, ...shops: string[]): Promise<void> => {
    for (const shop of shops.length > 0 ? shops : ['a']) await db.rows(`select noetl.set('load', $1, $2)`, [value, JSON.stringify({ shop })]);
    await db.rows('select noetl.scrape()');
    await db.rows('select noetl.evaluate_rules()');
  };
  const flushed = { group_wait: '1 millisecond', group_interval: '1 millisecond' };
  const add = async (name: string, kind: string, target: string, options: Record<string, unknown> = {}): Promise<unknown> => {
    const given: Record<string, unknown> = { ...flushed, ...options };
    return db.rows(
      `select noetl.add_notification($1, $2, $3, ${Object.keys(given).map((key, n) => `${key} => $${n + 4}`).join(', ')})`,
      [name, kind, target, ...Object.values(given)],
    );
  };
  /** Evaluates until something has come of it: what is due is planned by an evaluation. */
  const until = async (condition: () => boolean): Promise<void> =>
    expect.poll(async () => {
      await db.rows('select _noetl.plan_notifications()');
      return condition();
    }, { timeout: 30_000 }).toBe(true);

  beforeEach(async () => {
    await db.rows('select noetl.set_alert_rule(name, enabled => false) from noetl.alert_rule');
    await db.rows(`select noetl.set_alert_rule('High', 'load > 1', annotations => '{"summary": "{{ $labels.shop }} has {{ $value }}"}')`);
    await workers(db.url, 'server', slow);
  });

  it('reaches a webhook once when it fires and once when it is resolved', async () => {
    await add('hook', 'webhook', `${base}/hook`);
    await becomes(5);
    await until(() => at('/hook').length > 0);
    await becomes(0);
    await until(() => at('/hook').length > 1);
    expect(at('/hook').map(({ status, receiver: name, groupLabels, commonAnnotations }) => ({ status, name, groupLabels, commonAnnotations }))).toEqual([
      { status: 'firing', name: 'hook', groupLabels: { alertname: 'High' }, commonAnnotations: { summary: 'a has 5' } },
      { status: 'resolved', name: 'hook', groupLabels: { alertname: 'High' }, commonAnnotations: { summary: 'a has 5' } },
    ]);
    // it is counted when the answer has come
    await expect.poll(() => db.rows(`select kind, target, sent, failed, error from noetl.notification`)).toEqual([
      { kind: 'webhook', target: base, sent: '2', failed: '0', error: null },
    ]);
    const page = await db.value<string>('select noetl.prometheus_text()');
    expect(page).toContain('noetl_notifications_total{outcome="sent",target="hook"} 2\n');
  });

  it('is tried again until it is taken, while others are told', async () => {
    answers.set('/refuses', 500);
    answers.set('/hangs', 0);
    await add('refuses', 'webhook', `${base}/refuses`);
    await add('hangs', 'webhook', `${base}/hangs`, { timeout: '200 milliseconds' });
    await add('takes', 'webhook', `${base}/takes`);
    await becomes(5);
    await until(() => at('/takes').length === 1 && at('/refuses').length > 0 && at('/hangs').length > 0);
    await expect.poll(() => db.rows('select name, sent, failed > 0 as failed, error from noetl.notification order by name')).toEqual([
      { name: 'hangs', sent: '0', failed: true, error: 'The operation was aborted due to timeout' },
      { name: 'refuses', sent: '0', failed: true, error: 'it answered 500: no, thank you' },
      { name: 'takes', sent: '1', failed: false, error: null },
    ]);
    answers.clear();
    await db.rows(`update _noetl.notification_group set due_at = now()`); // the pause is over
    await until(() => at('/refuses').length > 1 && at('/hangs').length > 1);
    await expect.poll(() => db.rows('select name, sent from noetl.notification order by name')).toEqual([
      { name: 'hangs', sent: '1' }, { name: 'refuses', sent: '1' }, { name: 'takes', sent: '1' },
    ]);
  });

  it('is sent by one of several servers', async () => {
    await Promise.all([workers(db.url, 'second', slow), workers(db.url, 'third', slow)]);
    await add('hook', 'webhook', `${base}/hook`, { group_by: '{alertname,shop}' });
    for (const shop of ['a', 'b', 'c', 'd']) await becomes(5, shop);
    await until(() => new Set(at('/hook').map(({ groupLabels }) => JSON.stringify(groupLabels))).size === 4);
    await expect.poll(() => db.value('select sent from noetl.notification')).toBe('4');
    expect(at('/hook')).toHaveLength(4);
  });

  it('carries secrets that only the server knows', async () => {
    process.env['NOETL_SECRET_HOOK'] = 'hidden';
    afterEach(() => delete process.env['NOETL_SECRET_HOOK']);
    await add('hook', 'slack', `${base}/{env:NOETL_SECRET_HOOK}`, { headers: JSON.stringify({ authorization: 'Bearer {env:NOETL_SECRET_HOOK}' }) });
    await becomes(5);
    await until(() => received.length > 0);
    expect(received[0]).toMatchObject({
      path: '/hidden', headers: { authorization: 'Bearer hidden' }, body: { text: '[FIRING:1] High', attachments: [{ color: 'danger', text: '*a has 5*' }] },
    });
    expect(JSON.stringify(await db.rows('select * from noetl.notification'))).not.toContain('hidden');
  });

  it('goes to a function, which has the rights of its owner', async () => {
    await db.rows(`create table public.told (who text, payload jsonb)`);
    await db.rows(`create role "${db.name}_owner"`);
    await db.rows(`grant insert on public.told to "${db.name}_owner"; grant create, usage on schema public to "${db.name}_owner"`);
    await db.rows(`create function public.tell(payload jsonb) returns void language sql security definer begin atomic insert into public.told values (current_user, payload); end`);
    await db.rows(`alter function public.tell(jsonb) owner to "${db.name}_owner"`);
    await add('function', 'sql', 'public.tell');
    await becomes(5);
    await until(() => true);
    await expect.poll(() => db.rows(`select who, payload ->> 'status' as status from public.told`)).toEqual([{ who: `${db.name}_owner`, status: 'firing' }]);
    await db.rows(`drop function public.tell; drop table public.told; revoke all on schema public from "${db.name}_owner"; drop role "${db.name}_owner"`);
  });

  it('goes to a channel when the transaction commits', async () => {
    const listener = await db.session();
    const heard: unknown[] = [];
    listener.on('notification', ({ payload = '' }) => heard.push(JSON.parse(payload)));
    await listener.query('listen noetl_alert');
    await add('channel', 'notify', 'noetl_alert');
    await becomes(5);
    await becomes(0);
    await expect.poll(() => heard).toMatchObject([
      { status: 'firing', value: '5', labels: { alertname: 'High', shop: 'a', severity: 'warning' }, annotations: { summary: 'a has 5' } },
      { status: 'resolved', labels: { alertname: 'High', shop: 'a' } },
    ]);
  });

  it('is kept back by a silence, and given when it ends', async () => {
    await add('hook', 'webhook', `${base}/hook`, { group_by: '{shop}' });
    const silence = await db.value(`select noetl.add_silence('shop="a"', now() + interval '1 hour', 'moving')`);
    await becomes(5, 'a');
    await becomes(6, 'b');
    await until(() => at('/hook').length > 0);
    expect(at('/hook').map(({ groupLabels }) => groupLabels)).toEqual([{ shop: 'b' }]);
    expect(await db.rows(`select labels ->> 'shop' as shop, silenced from noetl.alert order by 1`)).toEqual([{ shop: 'a', silenced: true }, { shop: 'b', silenced: false }]);
    await db.rows('select noetl.end_silence($1)', [silence]);
    await until(() => at('/hook').length > 1);
    expect(at('/hook').map(({ groupLabels }) => groupLabels)).toEqual([{ shop: 'b' }, { shop: 'a' }]);
  });

  it('is only of what its matchers fit', async () => {
    await add('hook', 'webhook', `${base}/hook`, { matchers: 'shop=~"b|c"', group_by: '{shop}' });
    await becomes(5, 'a');
    await becomes(6, 'b');
    await until(() => at('/hook').length > 0);
    expect(at('/hook').map(({ groupLabels }) => groupLabels)).toEqual([{ shop: 'b' }]);
  });

  if (inTrueTime) describe('to a real Alertmanager', () => {
    let judge: Alertmanager | undefined;
    beforeEach(async () => {
      if (alertmanager.path !== undefined) judge = await startAlertmanager(`${base}/theirs`);
    });
    afterEach(async () => {
      await judge?.stop();
      judge = undefined;
    });

    needing(alertmanager)('is received, grouped and resolved, and its webhook says what ours says', async () => {
      await add('judge', 'alertmanager', judge?.url ?? '');
      await becomes(5, 'a');
      await becomes(7, 'b');
      await until(() => at('/theirs').some(({ alerts }) => alerts.length === 2));
      // ours, of the same group, is told when both fire
      await add('hook', 'webhook', `${base}/ours`);
      await until(() => at('/ours').length > 0);
      await becomes(0, 'a', 'b');
      await until(() => at('/theirs').at(-1)?.status === 'resolved' && at('/ours').at(-1)?.status === 'resolved');
      for (const status of ['firing', 'resolved']) {
        const [theirs, ours] = ['/theirs', '/ours'].map((path) => at(path).findLast((payload) => payload.alerts.length === 2 && payload.alerts.every((alert) => alert.status === status)));
        const comparable = (payload: Payload | undefined): object => ({
          ...payload, externalURL: '', // each has its own
          alerts: payload?.alerts.toSorted((a, b) => ((a.labels['shop'] ?? '') < (b.labels['shop'] ?? '') ? -1 : 1)),
        });
        expect(comparable(ours)).toEqual(comparable(theirs));
      }
    }, 120_000);
  });

  it.each([
    [`'', 'webhook', 'http://h'`, 'name: must not be empty'],
    [`'n', 'mail', 'a@b'`, 'kind: must be alertmanager, webhook, slack, notify or sql'],
    [`'n', 'webhook', 'ftp://h'`, 'target: must be an http or https URL'],
    [`'n', 'webhook', 'http://h/{env:DATABASE_URL}'`, 'target: {env:DATABASE_URL} is not {env:NOETL_SECRET_…} or {file:name}'],
    [`'n', 'webhook', 'http://h', headers => '{"a": "{file:../../etc/passwd}"}'`, 'headers: {file:../../etc/passwd} is not {env:NOETL_SECRET_…} or {file:name}'],
    [`'n', 'webhook', 'http://h', headers => '{"a": "b\\nc"}'`, 'headers: must be names of HTTP with strings in one line'],
    [`'n', 'sql', 'public.nothing'`, 'target: there is no function public.nothing(jsonb)'],
    [`'n', 'sql', 'pg_catalog.jsonb_typeof'`, "target: the function must be security definer, so that it has its owner's rights and not ours"],
    [`'n', 'webhook', 'http://h', 'shop='`, 'matchers: 1:7: parse error: unexpected "," in label matching, expected string'],
    [`'n', 'webhook', 'http://h', timeout => '1 hour'`, 'timeout: must be between 100 milliseconds and a minute'],
  ])('is refused (%s), and says why', async (call, message) => {
    expect(await db.refusal(`select noetl.add_notification(${call})`)).toMatchObject({ code: '22023', message });
  });

  it.each([
    [`'', now() + interval '1 hour', 'why'`, 'matchers: at least one must not fit an alert without labels'],
    [`'shop!="x"', now() + interval '1 hour', 'why'`, 'matchers: at least one must not fit an alert without labels'],
    [`'shop="x"', now() - interval '1 hour', 'why'`, 'ends_at: must be a moment after now'],
    [`'shop="x"', 'infinity', 'why'`, 'ends_at: must be a moment after now'],
    [`'shop="x"', now() + interval '1 hour', ''`, 'comment: must say why'],
  ])('is not kept back by a silence of (%s), which says why', async (call, message) => {
    expect(await db.refusal(`select noetl.add_silence(${call})`)).toMatchObject({ code: '22023', message });
  });
});
