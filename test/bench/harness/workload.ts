import type { Client } from 'pg';

/** A sample as every side gets it. */
export interface Sample {
  readonly metric_name: string;
  readonly metric_type: 'counter' | 'gauge';
  readonly metric_value: number;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Gauges and counters by turns, up to 1,000 series of three labels in a family. Such is most of any page; a value is
 * what a clock or a sum of sizes gives, digits and all.
 */
export function samples(count: number): Sample[] {
  return Array.from({ length: count }, (_, place) => {
    const family = Math.floor(place / 1000);
    const counter = family % 2 === 1;
    return {
      metric_name: counter ? `bench_${family}_total` : `bench_${family}`,
      metric_type: counter ? 'counter' : 'gauge',
      metric_value: counter ? place * 1009 : (place * 7919) / 1000,
      labels: { queue: `queue-${place % 1000}`, region: `region-${place % 7}`, tenant: `tenant-${place % 40}` },
    };
  });
}

export const helpOf = (name: string): string => `What ${name} counts.`;

/** The samples as a table of the database, so that a statement's rows cost every side the same to come by. */
export async function storeSamples(client: Client, count: number): Promise<void> {
  await client.query(`
    create table bench_sample (
      place integer primary key,
      metric_name text not null,
      metric_type text not null,
      metric_value double precision not null,
      labels jsonb not null,
      help_text text not null
    )`);
  const all = samples(count);
  for (let begin = 0; begin < count; begin += 10_000) {
    await client.query(
      `insert into bench_sample
       select $2 + s.ordinality - 1, s.metric_name, s.metric_type, s.metric_value, s.labels, s.help_text
       from rows from (jsonb_to_recordset($1) as (metric_name text, metric_type text, metric_value float8, labels jsonb, help_text text))
         with ordinality as s`,
      [JSON.stringify(all.slice(begin, begin + 10_000).map((sample) => ({ ...sample, help_text: helpOf(sample.metric_name) }))), begin],
    );
  }
  await client.query('vacuum analyze bench_sample');
}

/** The samples as a client pushes them. */
export function pageOf(list: readonly Sample[]): string {
  const lines: string[] = [];
  let family = '';
  for (const { metric_name, metric_type, metric_value, labels } of list) {
    if (metric_name !== family) lines.push(`# HELP ${metric_name} ${helpOf(metric_name)}`, `# TYPE ${metric_name} ${metric_type}`);
    family = metric_name;
    lines.push(lineOf(metric_name, labels, metric_value));
  }
  return `${lines.join('\n')}\n`;
}

/** One sample as text, at a time in milliseconds where one is given. */
export function lineOf(name: string, labels: Sample['labels'], value: number, at?: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${name}{${pairs.join(',')}} ${value}${at === undefined ? '' : ` ${at}`}`;
}

/**
 * What a page says about the samples above, in one order and one spelling: HELP, TYPE and every value. Left out is what
 * each server adds of its own: metrics about itself, and the Pushgateway its labels job and instance.
 */
export function contentOf(page: string): string[] {
  return page
    .split('\n')
    .filter((line) => /^(# (HELP|TYPE) )?bench_/.test(line))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(bench_\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
      if (name === '') return line;
      const kept = labels.split(',').filter((pair) => pair !== '' && !/^(job|instance)=/.test(pair));
      return `${name}{${kept.toSorted().join(',')}} ${Number(value)}`;
    })
    .toSorted();
}

/** Throws where two pages differ, with the first line that does. */
export function mustAgree(name: string, ours: string, theirs: string): void {
  const [own, other] = [contentOf(ours), contentOf(theirs)];
  const place = own.findIndex((line, at) => line !== other[at]);
  if (place < 0 && own.length === other.length) return;
  const at = place < 0 ? own.length : place;
  throw new Error(`the page of ${name} differs from ours: ${other[at] ?? 'nothing'} where ours has ${own[at] ?? 'nothing'}`);
}
