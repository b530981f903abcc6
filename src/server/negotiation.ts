/**
 * What a scraper asked for, as pure functions of its headers.
 *
 * The rules follow what scrapers really send, which is not always valid: weights above 1, parameters that occur
 * twice, versions we do not write. Refusing (406) has broken scrapes elsewhere, so everything gets an answer.
 */

/** The two pages that SQL renders. */
export type Format = 'text' | 'openmetrics';

export interface Representation {
  readonly format: Format;
  /** The exact Content-Type: Prometheus 3 fails a scrape over any other. */
  readonly contentType: string;
}

interface Offer extends Representation {
  readonly mediaType: string;
  /** Versions that may be asked for by name; none named means any. */
  readonly versions: readonly string[];
}

/** What we can answer with, best first where the client does not care. */
const offers: readonly [Offer, ...Offer[]] = [
  {
    format: 'text',
    mediaType: 'text/plain',
    versions: ['0.0.4', '1.0.0'],
    contentType: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
  },
  {
    format: 'openmetrics',
    mediaType: 'application/openmetrics-text',
    versions: ['1.0.0'],
    contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
  },
  {
    format: 'openmetrics',
    mediaType: 'application/openmetrics-text',
    versions: ['0.0.1'],
    contentType: 'application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores',
  },
];

interface Range {
  readonly mediaType: string;
  readonly version: string | undefined;
  readonly weight: number;
  readonly position: number;
}

interface Candidate {
  readonly offer: Offer;
  readonly range: Range;
}

/** The representation that an `Accept` header asks for; text 0.0.4 where it asks for nothing that we have. */
export function negotiate(accept: string | undefined): Representation {
  const ranges = weighted(accept).map(
    ({ value, parameters, weight }, position): Range => ({
      mediaType: value,
      version: parameters.get('version'),
      weight,
      position,
    }),
  );
  const candidates = offers
    .map((offer) => ({ offer, range: mostSpecific(offer, ranges) }))
    .filter((candidate): candidate is Candidate => candidate.range !== undefined && candidate.range.weight > 0);
  const [best] = candidates.toSorted((a, b) => byWish(a.range, b.range));
  return best?.offer ?? offers[0];
}

/** Whether to compress: only if gzip is listed by name, not refused, and not wanted less than the plain page. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const codings = weighted(acceptEncoding);
  const wish = (coding: string): number => codings.find(({ value }) => value === coding)?.weight ?? 0;
  return wish('gzip') > 0 && wish('gzip') >= wish('identity');
}

const defaultTimeout = 10_000;
const shortestTimeout = 100;
const longestTimeout = 60_000;
/** For the way back, so that our answer arrives before the scraper has hung up. */
const timeoutOffset = 500;

/** Milliseconds to answer in, from `X-Prometheus-Scrape-Timeout-Seconds`. */
export function scrapeTimeout(header: string | string[] | undefined): number {
  const seconds = typeof header === 'string' && header.trim() !== '' ? Number(header) : Number.NaN;
  if (!(seconds > 0)) return defaultTimeout;
  return Math.min(Math.max(seconds * 1000 - timeoutOffset, shortestTimeout), longestTimeout);
}

/** The range that speaks most exactly about an offer decides about it (RFC 9110, section 12.5.1). */
function mostSpecific(offer: Offer, ranges: readonly Range[]): Range | undefined {
  const group = offer.mediaType.slice(0, offer.mediaType.indexOf('/'));
  const kinds: ((range: Range) => boolean)[] = [
    ({ mediaType, version }) => mediaType === offer.mediaType && version !== undefined && offer.versions.includes(version),
    ({ mediaType, version }) => mediaType === offer.mediaType && version === undefined,
    ({ mediaType }) => mediaType === `${group}/*`,
    ({ mediaType }) => mediaType === '*/*',
  ];
  const matching = kinds.map((kind) => ranges.filter(kind)).find((found) => found.length > 0);
  return matching?.toSorted(byWish)[0];
}

function byWish(a: Range, b: Range): number {
  return b.weight - a.weight || a.position - b.position;
}

interface Weighted {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly weight: number;
}

/** The members of a list header such as `a;q=0.5, b`. Of a parameter that occurs twice the first counts. */
function weighted(header: string | undefined): Weighted[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((member) => {
      const [value = '', ...rest] = member.split(';').map((part) => part.trim());
      const parameters = new Map<string, string>();
      for (const parameter of rest) {
        const [name = '', text = ''] = parameter.split('=', 2).map((part) => part.trim());
        if (!parameters.has(name)) parameters.set(name, text.replace(/^"(.*)"$/, '$1'));
      }
      return { value, parameters, weight: weightOf(parameters.get('q')) };
    })
    .filter(({ value }) => value !== '');
}

/** Between 0 and 1; what is not a number counts as not written. */
function weightOf(q: string | undefined): number {
  const weight = q === undefined || q === '' ? 1 : Number(q);
  return Number.isNaN(weight) ? 1 : Math.min(Math.max(weight, 0), 1);
}
