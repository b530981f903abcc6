/** Every setting there is: what it is called in the environment, what it may be, and what it is without a word. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { ExpectedError, errorCode } from './errors.ts';

/** So many proxies in front of the server, or those at these addresses and in these networks. */
export type TrustedProxies = number | readonly string[];

interface Kind<T> {
  /** Completes "must be …". */
  rule: string;
  /** Undefined: against the rule. */
  parse: (text: string) => T | undefined;
  /** Not to be shown as it is, but so. */
  secret?: (text: string) => string;
}

interface Setting<T> extends Kind<T> {
  name: string;
  /** In the form of the environment; empty for none. */
  fallback: string;
  help: string;
}

const port: Kind<number> = {
  rule: 'a whole number from 0 to 65535 (0: any free port)',
  parse: (text) => wholeNumber(text, 0, 65535),
};

const seconds: Kind<number> = {
  rule: 'a whole number of seconds from 1 to 86400',
  parse: (text) => wholeNumber(text, 1, 86400),
};

const address: Kind<string> = {
  rule: 'an IP address or a host name',
  parse: (text) => (isIP(text) !== 0 || /^(?=.*[a-z])[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text) ? text : undefined),
};

const folder: Kind<string> = {
  rule: 'the path of a folder',
  parse: (text) => (text.includes('\0') ? undefined : text),
};

const databaseUrl: Kind<string | undefined> = {
  rule: 'a URL such as postgresql://user:password@host:5432/database',
  secret: masked,
  parse: (text) => (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) ? text : undefined),
};

const token: Kind<string | undefined> = {
  rule: 'at least 16 of the characters A-Z a-z 0-9 - . _ ~ + / =',
  secret: (text) => (text === '' ? '' : '***'),
  parse: (text) => (/^[\w.~+/=-]{16,}$/.test(text) ? text : undefined),
};

const rate: Kind<number> = {
  rule: 'a whole number from 0 to 1000000 (0: any number)',
  parse: (text) => wholeNumber(text, 0, 1_000_000),
};

const proxies: Kind<TrustedProxies | undefined> = {
  rule: 'a number of proxies from 1 to 32, or the addresses and networks (10.0.0.0/8) of proxies with commas between them',
  parse: (text) => {
    const list = text.split(',').map((each) => each.trim());
    return wholeNumber(text, 1, 32) ?? (list.every(isNetwork) ? list : undefined);
  },
};

const hosts: Kind<readonly string[] | undefined> = {
  rule: 'names or addresses with commas between them, without a port',
  parse: (text) => {
    const list = text.split(',').map((each) => each.trim().replace(/^\[(.*)\]$/, '$1'));
    return list.every((each) => address.parse(each) !== undefined) ? list : undefined;
  },
};

const componentName: Kind<string | undefined> = {
  rule: 'a name of at most 200 characters without blanks',
  parse: (text) => (/^[^\s\p{Cc}]{1,200}$/u.test(text) ? text : undefined),
};

/** In the order in which people meet them. */
export const settings = {
  host: setting('HOST', '127.0.0.1', 'address the metrics page is served on', address),
  port: setting('PORT', '8000', 'port the metrics page is served on', port),
  databaseUrl: setting('DATABASE_URL', '', 'PostgreSQL 15 or later to use; without it one runs embedded', databaseUrl),
  dataDir: setting('NOETL_DATA_DIR', '.noetl', "the embedded PostgreSQL's data folder", folder),
  // Below the ports that systems hand to outgoing connections (from 32768), one of which may have it otherwise.
  pgPort: setting('NOETL_PG_PORT', '28432', "the embedded PostgreSQL's port on 127.0.0.1", port),
  collectorInterval: setting('METRICS_COLLECTOR_INTERVAL', '5', 'seconds between looks at a queue; noetl.change_collector() overrides', seconds),
  serverMetricsInterval: setting('NOETL_SERVER_METRICS_INTERVAL', '60', 'seconds between looks at this host; noetl.change_collector() overrides', seconds),
  sweepInterval: setting('NOETL_RUNTIME_SWEEP_INTERVAL', '15', 'seconds between sweeps of silent components', seconds),
  workerMetricsInterval: setting('NOETL_WORKER_METRICS_INTERVAL', '60', "seconds between a worker's reports; noetl.change_collector() overrides", seconds),
  readToken: setting('NOETL_READ_TOKEN', '', 'bearer token that may read; the higher ones may too', token),
  writeToken: setting('NOETL_WRITE_TOKEN', '', 'bearer token that may also report', token),
  adminToken: setting('NOETL_ADMIN_TOKEN', '', 'bearer token that may do everything', token),
  allowedHosts: setting('NOETL_ALLOWED_HOSTS', '', 'names that a server without tokens answers, beside HOST and localhost', hosts),
  componentName: setting('NOETL_COMPONENT_NAME', '', "this server's name as a component; without it host name and port", componentName),
  rateLimit: setting('NOETL_RATE_LIMIT', '1000', 'requests a second that one client may send', rate),
  trustProxy: setting('NOETL_TRUST_PROXY', '', 'proxies whose X-Forwarded-For tells the client; none: nobody\'s', proxies),
  heartbeatInterval: setting('NOETL_WORKER_HEARTBEAT_INTERVAL', '15', 'seconds between heartbeats', seconds),
} as const satisfies Record<string, Setting<unknown>>;

type Key = keyof typeof settings;

export type Config = { readonly [K in Key]: (typeof settings)[K] extends Setting<infer T> ? T : never };

type Environment = Readonly<Record<string, string | undefined>>;

interface Given {
  readonly text: string;
  readonly origin: 'environment' | 'file' | 'default';
  readonly fault?: string;
}

/** What a setting has been given, a secret also in a file that NAME_FILE names, as containers are given them. */
function givenTo({ name, fallback, secret }: Setting<unknown>, environment: Environment): Given {
  const text = environment[name];
  const file = secret && environment[`${name}_FILE`];
  if (text && file) return { text: '', origin: 'default', fault: `${name} and ${name}_FILE are both set: keep one of them` };
  if (text) return { text, origin: 'environment' };
  if (!file) return { text: fallback, origin: 'default' };
  try {
    return { text: readFileSync(file, 'utf8').trim(), origin: 'file' };
  } catch (error) {
    return { text: '', origin: 'file', fault: `${name}_FILE is ${JSON.stringify(file)}, which cannot be read (${errorCode(error) ?? 'unknown'}): it must be the path of a file` };
  }
}

/** Reads all settings, or refuses with every fault there is, one a line. An empty variable counts as unset. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const entries = Object.entries<Setting<unknown>>(settings).map(([key, each]) => {
    const { name, rule, parse, secret } = each;
    const { text, origin, fault } = givenTo(each, environment);
    const value = text === '' ? undefined : parse(text);
    if (fault !== undefined) {
      faults.push(fault);
    } else if (text === '' && origin === 'file') {
      faults.push(`${name}_FILE names an empty file: it must hold ${rule}`);
    } else if (text !== '' && value === undefined) {
      faults.push(`${name} is ${secret ? 'wrong (its value is a secret)' : JSON.stringify(text)}: it must be ${rule}`);
    }
    return [key, value];
  });
  if (faults.length > 0) throw new ExpectedError(faults.join('\n'));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys and types are those of the table
  return Object.freeze(Object.fromEntries(entries)) as Config;
}

/** Settings of the database, in seconds, that intervals must stay below. */
export interface DatabaseLimits {
  readonly staleness: number;
  readonly heartbeatTimeout: number;
}

/** Refuses, with every fault there is, what would let values leave the page, or this server go offline, between two looks. */
export function checkIntervals(config: Config, { staleness, heartbeatTimeout }: DatabaseLimits): void {
  const stale = ['after which a value leaves the page', 'staleness', staleness] as const;
  const bounds = [
    ['collectorInterval', ...stale],
    ['serverMetricsInterval', ...stale],
    ['workerMetricsInterval', ...stale],
    ['heartbeatInterval', 'after which a silent component is offline', 'heartbeat_timeout', heartbeatTimeout],
  ] as const;
  const faults = bounds.flatMap(([key, meaning, limit, most]) =>
    config[key] < most
      ? []
      : [`${settings[key].name} is ${config[key]}: it must be less than ${most} seconds, ${meaning} (the database's setting ${limit})`],
  );
  if (faults.length > 0) throw new ExpectedError(faults.join('\n'));
}

/** What is in force and where it comes from, one setting a line. */
export function describeConfig(environment: Environment): string {
  const lines = Object.values<Setting<unknown>>(settings).map((each) => {
    const { name, help, secret } = each;
    const { text, origin } = givenTo(each, environment);
    return [`${name}=${secret ? secret(text) : text}`, `# ${origin}; ${help}`];
  });
  const width = Math.max(...lines.map(([assignment = '']) => assignment.length));
  return lines.map(([assignment = '', comment = '']) => `${assignment.padEnd(width)}  ${comment}`).join('\n');
}

/** The URL without its password, wherever in it that is. */
export function masked(url: string): string {
  if (!URL.canParse(url)) return url === '' ? '' : '***';
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  for (const name of new Set(shown.searchParams.keys())) {
    if (/password/i.test(name)) shown.searchParams.set(name, '***');
  }
  return shown.href;
}

function setting<T>(name: string, fallback: string, help: string, kind: Kind<T>): Setting<T> {
  return { name, fallback, help, ...kind };
}

/** An IP address, or one with the length of a prefix behind it. */
function isNetwork(text: string): boolean {
  const [, ip = '', bits] = /^([\da-f.:]+)(?:\/(.*))?$/i.exec(text) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(ip)];
  return longest !== undefined && (bits === undefined || wholeNumber(bits, 1, longest) !== undefined);
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined;
}
