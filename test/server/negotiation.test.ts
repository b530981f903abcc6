import { describe, expect, it } from 'vitest';
import { acceptsGzip, negotiate, scrapeTimeout } from '../../src/server/negotiation.ts';

const text = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';
const openmetrics = 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores';
const openmetrics001 = 'application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores';
const protobuf = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited';

/** What each really sends by default, by version. */
const scrapers: [name: string, accept: string, contentType: string][] = [
  [
    'Prometheus 2.26 and 2.30',
    'application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    openmetrics001,
  ],
  [
    'Prometheus 2.41 to 2.48',
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    openmetrics,
  ],
  [
    'Prometheus 2.42 with native histograms',
    `${protobuf},application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
    openmetrics,
  ],
  [
    'Prometheus 2.49.0, whose last weight is above 1',
    'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2',
    openmetrics,
  ],
  [
    'Prometheus 2.49.1 to 2.55',
    'application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    openmetrics,
  ],
  [
    'Prometheus 3.0.0, which repeats a parameter',
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3;escaping=allow-utf-8,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.2,*/*;q=0.1',
    openmetrics,
  ],
  [
    'Prometheus 3',
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
    openmetrics,
  ],
  [
    'Prometheus 3, protobuf first',
    `${protobuf};q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1`,
    openmetrics,
  ],
  ['Prometheus with only the text protocol', 'text/plain;version=0.0.4;q=0.5,*/*;q=0.1', text],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8', text],
  ['curl', '*/*', text],
  ['a JSON client', 'application/json, text/plain, */*', text],
  ['a client that reads only protobuf', protobuf, text],
];

describe('the format of the page', () => {
  it.each(scrapers)('is what %s asks for', (_, accept, contentType) => {
    expect(negotiate(accept).contentType).toBe(contentType);
  });

  it('is text when nothing is asked', () => {
    expect(negotiate(undefined)).toMatchObject({ format: 'text', contentType: text });
    expect(negotiate('')).toMatchObject({ format: 'text', contentType: text });
  });

  it.each([
    ['application/openmetrics-text', openmetrics],
    ['APPLICATION/OpenMetrics-Text; Version="1.0.0"; charset=utf-8', openmetrics],
    ['application/openmetrics-text;version=1.0.0;version=0.0.1', openmetrics],
    ['application/openmetrics-text;version=2.0.0', text],
    ['text/plain;version=1.0.0', text],
    ['text/plain', text],
  ])('of %s alone is %s', (accept, contentType) => {
    expect(negotiate(accept).contentType).toBe(contentType);
  });

  it('follows the weights, and the order of the header among equals', () => {
    expect(negotiate('application/openmetrics-text;q=0.4, text/plain;q=0.5').format).toBe('text');
    expect(negotiate('text/plain, application/openmetrics-text').format).toBe('text');
    expect(negotiate('application/openmetrics-text, text/plain').format).toBe('openmetrics');
    expect(negotiate('text/plain;q=9, application/openmetrics-text;q=-1').format).toBe('text');
  });

  it('is not what a weight of 0 refuses, as long as anything is left', () => {
    expect(negotiate('text/plain;q=0, */*').format).toBe('openmetrics');
    expect(negotiate('application/openmetrics-text;q=0, */*;q=0.1').format).toBe('text');
    expect(negotiate('*/*;q=0').contentType).toBe(text);
  });

  it.each([',,;;==', ';q=1', 'text/plain;q=', 'q=0.5', '*', '/', 'text/plain;q=NaN;version', '\u0000', 'a'.repeat(9000)])(
    'is text for the junk %j',
    (accept) => {
      expect(negotiate(accept).contentType).toBe(text);
    },
  );
});

describe('gzip', () => {
  it.each(['gzip', 'GZIP', 'gzip;q=0.1', 'deflate, gzip', 'zstd;q=1, gzip;q=0.9, br', 'gzip, identity'])(
    'is used for %j',
    (header) => {
      expect(acceptsGzip(header)).toBe(true);
    },
  );

  it.each([undefined, '', 'identity', 'gzip;q=0', 'gzip; q=0.000', '*', 'zstd, br', 'identity, gzip;q=0.5', 'notgzip'])(
    'is not used for %j',
    (header) => {
      expect(acceptsGzip(header)).toBe(false);
    },
  );
});

describe('the time to answer in', () => {
  it.each([
    ['10', 9500],
    ['10.000000', 9500],
    ['2.5', 2000],
    ['0.2', 100],
    ['86400', 60_000],
    ['Infinity', 60_000],
  ])('is half a second less than the %s seconds the scraper waits, within bounds: %i ms', (header, milliseconds) => {
    expect(scrapeTimeout(header)).toBe(milliseconds);
  });

  it.each([undefined, '', ' ', '0', '-1', 'NaN', 'ten', '1e999x', ['3', '4']])('is 10 seconds for %j', (header) => {
    expect(scrapeTimeout(header)).toBe(10_000);
  });
});
