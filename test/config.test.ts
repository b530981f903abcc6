import { describe, expect, it } from 'vitest';
import { checkIntervals, describeConfig, masked, readConfig, settings } from '../src/config.ts';
import { ExpectedError } from '../src/errors.ts';

const defaults = {
  host: '127.0.0.1',
  port: 8000,
  databaseUrl: undefined,
  dataDir: '.noetl',
  pgPort: 28432,
  collectorInterval: 5,
  serverMetricsInterval: 60,
  sweepInterval: 15,
  workerMetricsInterval: 60,
  componentName: undefined,
  rateLimit: 1000,
  trustProxy: undefined,
  heartbeatInterval: 15,
};

function refusal(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ExpectedError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('an interval', () => {
  const limits = { staleness: 300, heartbeatTimeout: 60 };

  it('may be anything below the age at which the database takes what it brings for gone', () => {
    checkIntervals(readConfig({}), limits);
    checkIntervals(readConfig({ NOETL_SERVER_METRICS_INTERVAL: '299', NOETL_WORKER_HEARTBEAT_INTERVAL: '59', NOETL_RUNTIME_SWEEP_INTERVAL: '86400' }), limits);
    checkIntervals(readConfig({ NOETL_SERVER_METRICS_INTERVAL: '3600' }), { ...limits, staleness: 7200 });
  });

  it('that is longer is refused, with all that are', () => {
    const config = readConfig({ METRICS_COLLECTOR_INTERVAL: '300', NOETL_WORKER_METRICS_INTERVAL: '3600', NOETL_WORKER_HEARTBEAT_INTERVAL: '60' });
    expect(() => checkIntervals(config, limits)).toThrow(
      new ExpectedError(
        [
          "METRICS_COLLECTOR_INTERVAL is 300: it must be less than 300 seconds, after which a value leaves the page (the database's setting staleness)",
          "NOETL_WORKER_METRICS_INTERVAL is 3600: it must be less than 300 seconds, after which a value leaves the page (the database's setting staleness)",
          "NOETL_WORKER_HEARTBEAT_INTERVAL is 60: it must be less than 60 seconds, after which a silent component is offline (the database's setting heartbeat_timeout)",
        ].join('\n'),
      ),
    );
  });
});

describe('reading the settings', () => {
  it('has a default for each', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('takes each from its variable', () => {
    const given = readConfig({
      HOST: '::1',
      PORT: '0',
      DATABASE_URL: 'postgresql://me@db.example:5433/metrics',
      NOETL_DATA_DIR: '/srv/my data',
      NOETL_PG_PORT: '65535',
      METRICS_COLLECTOR_INTERVAL: '1',
      NOETL_SERVER_METRICS_INTERVAL: '30',
      NOETL_RUNTIME_SWEEP_INTERVAL: '86400',
      NOETL_WORKER_METRICS_INTERVAL: '10',
      NOETL_RATE_LIMIT: '20',
      NOETL_TRUST_PROXY: '10.0.0.0/8, ::1,fd00::/8',
      NOETL_WORKER_HEARTBEAT_INTERVAL: '5',
    });
    expect(given).toEqual({
      host: '::1',
      port: 0,
      databaseUrl: 'postgresql://me@db.example:5433/metrics',
      dataDir: '/srv/my data',
      pgPort: 65535,
      collectorInterval: 1,
      serverMetricsInterval: 30,
      sweepInterval: 86400,
      workerMetricsInterval: 10,
      rateLimit: 20,
      trustProxy: ['10.0.0.0/8', '::1', 'fd00::/8'],
      heartbeatInterval: 5,
    });
  });

  it('counts an empty variable as unset', () => {
    const empty = Object.fromEntries(Object.values(settings).map(({ name }) => [name, '']));
    expect(readConfig(empty)).toEqual(defaults);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  it('refuses all wrong values at once, each in a line that names variable, value and rule', () => {
    expect(refusal({ PORT: '65536', HOST: 'a b', METRICS_COLLECTOR_INTERVAL: '0', NOETL_PG_PORT: '5432' })).toEqual([
      'HOST is "a b": it must be an IP address or a host name',
      'PORT is "65536": it must be a whole number from 0 to 65535 (0: any free port)',
      'METRICS_COLLECTOR_INTERVAL is "0": it must be a whole number of seconds from 1 to 86400',
    ]);
  });

  it('takes a number of proxies to trust, or where they are', () => {
    expect(['1', '32', '192.0.2.1', '::ffff:10.0.0.1/104'].map((text) => readConfig({ NOETL_TRUST_PROXY: text }).trustProxy)).toEqual([
      1, 32, ['192.0.2.1'], ['::ffff:10.0.0.1/104'],
    ]);
  });

  it.each(['0', '33', '-1', 'true', 'proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/0', '10.0.0.1,', '::1/129', '10.1/16', '10.0.0.1 10.0.0.2'])(
    'refuses %j for proxies to trust',
    (value) => {
      expect(refusal({ NOETL_TRUST_PROXY: value })).toEqual([
        `NOETL_TRUST_PROXY is "${value}": it must be a number of proxies from 1 to 32, or the addresses and networks (10.0.0.0/8) of proxies with commas between them`,
      ]);
    },
  );

  it.each(['-1', '1.5', '1e3', '0x10', ' 80', '80 ', 'eighty', '١', 'Infinity'])('refuses %j for a port', (value) => {
    expect(refusal({ PORT: value })).toHaveLength(1);
  });

  it.each(['0', '0.5', '86401', '5s'])('refuses %j for an interval', (value) => {
    expect(refusal({ NOETL_WORKER_HEARTBEAT_INTERVAL: value })).toHaveLength(1);
  });

  it.each(['localhost', 'db-1.example', '0.0.0.0', '::', 'fe80::1'])('takes %j for an address', (value) => {
    expect(readConfig({ HOST: value }).host).toBe(value);
  });

  it.each(['http://localhost', '-x', '256.0.0.1', 'a..b/', ':8000'])('refuses %j for an address', (value) => {
    expect(refusal({ HOST: value })).toHaveLength(1);
  });

  it.each(['postgres://localhost/x', 'postgresql:///x?host=/run/postgresql'])('takes %j for the database', (value) => {
    expect(readConfig({ DATABASE_URL: value }).databaseUrl).toBe(value);
  });

  it('refuses what is no PostgreSQL URL without repeating it, for it may hold a password', () => {
    for (const value of ['mysql://me:secret@host/db', 'host=db password=secret', 'postgresql://me:secret@host:x/']) {
      expect(refusal({ DATABASE_URL: value })).toEqual([
        'DATABASE_URL is wrong (its value is a secret): it must be a URL such as postgresql://user:password@host:5432/database',
      ]);
    }
  });
});

describe('describing the settings', () => {
  it('says of each what is in force, where it comes from and what it is for', () => {
    const lines = describeConfig({ PORT: '9000', HOST: '' }).split('\n');
    expect(lines).toHaveLength(Object.keys(settings).length);
    expect(lines.slice(0, 2).map((line) => line.replace(/ {2,}/, '  '))).toEqual([
      'HOST=127.0.0.1  # default; address the metrics page is served on',
      'PORT=9000  # environment; port the metrics page is served on',
    ]);
  });

  it('describes a wrong value as well', () => {
    expect(describeConfig({ PORT: 'x' })).toContain('PORT=x ');
  });

  it.each([
    ['postgresql://me:secret@host/db', 'postgresql://me:***@host/db'],
    ['postgresql://host/db?user=me&password=secret', 'postgresql://host/db?user=me&password=***'],
    ['postgresql://me:p%40:ss@host/db?sslpassword=secret', 'postgresql://me:***@host/db?sslpassword=***'],
    ['postgresql://me@host/db', 'postgresql://me@host/db'],
    ['host=db password=secret', '***'],
    ['', ''],
  ])('shows the database %j as %j', (url, shown) => {
    expect(masked(url)).toBe(shown);
    expect(describeConfig({ DATABASE_URL: url })).toContain(`DATABASE_URL=${shown} `);
  });
});

describe('a secret', () => {
  const file = new URL('./support/secret.txt', import.meta.url).pathname;

  it('may be in a file that NAME_FILE names', () => {
    expect(readConfig({ NOETL_READ_TOKEN_FILE: file }).readToken).toBe('a-secret-of-the-tests');
    expect(describeConfig({ NOETL_READ_TOKEN_FILE: file })).toMatch(/^NOETL_READ_TOKEN=\*\*\* +# file;/m);
  });

  it('is refused where it is said twice, or its file does not hold one, without being shown', () => {
    expect(
      refusal({
        NOETL_READ_TOKEN: 'another-secret-of-the-tests', NOETL_READ_TOKEN_FILE: file,
        NOETL_WRITE_TOKEN_FILE: '/nowhere/token',
        DATABASE_URL_FILE: file,
        NOETL_ADMIN_TOKEN_FILE: '/dev/null',
      }),
    ).toEqual([
      'DATABASE_URL is wrong (its value is a secret): it must be a URL such as postgresql://user:password@host:5432/database',
      'NOETL_READ_TOKEN and NOETL_READ_TOKEN_FILE are both set: keep one of them',
      'NOETL_WRITE_TOKEN_FILE is "/nowhere/token", which cannot be read (ENOENT): it must be the path of a file',
      'NOETL_ADMIN_TOKEN_FILE names an empty file: it must hold at least 16 of the characters A-Z a-z 0-9 - . _ ~ + / =',
    ]);
  });

  it('alone is read from a file', () => {
    expect(readConfig({ PORT_FILE: file }).port).toBe(8000);
  });
});
