import { describe, expect, test } from 'vitest';
import { decodeWriteRequest, encodeWriteRequest, type WriteRequest } from '../../src/protobuf/remote-write.ts';
import { packed, unpacked } from '../../src/protobuf/snappy.ts';

describe('a remote write', () => {
  test('is the bytes that the protocol says', () => {
    const bytes = encodeWriteRequest({
      timeseries: [{ labels: [{ name: '__name__', value: 'a' }], times: [1000], values: [1.5] }],
      metadata: [{ metric_family_name: 'a', type: 'counter', help: 'All.', unit: 's' }],
    });
    const label = `0a0d 0a08${hex('__name__')} 1201${hex('a')}`;
    const sample = '120c 09000000000000f83f 10e807';
    const metadata = `1a0e 0801 1201${hex('a')} 2204${hex('All.')} 2a01${hex('s')}`;
    expect(hex(bytes)).toBe(`0a1d ${label} ${sample} ${metadata}`.replaceAll(' ', ''));
  });

  test('marks the end of a series by the NaN that Prometheus has for it, and no other', () => {
    const bytes = encodeWriteRequest({ timeseries: [{ labels: [], times: [1, 2], values: [null, Number.NaN] }], metadata: [] });
    expect(hex(bytes)).toBe('0a1a 120b 09020000000000f07f 1001 120b 09000000000000f87f 1002'.replaceAll(' ', ''));
  });

  test('is read as it was written', () => {
    const request: WriteRequest = {
      timeseries: [
        {
          labels: [{ name: '__name__', value: 'ü' }, { name: 'empty', value: '' }],
          times: [-1, 0, 1, 1_700_000_000_000, 2 ** 52],
          values: [-0, 0, Infinity, null, Number.NaN],
        },
        { labels: [{ name: 'le', value: '+Inf' }], times: [], values: [] },
      ],
      metadata: [{ metric_family_name: 'x', type: 'stateset', help: '', unit: '' }],
    };
    expect(decodeWriteRequest(encodeWriteRequest(request))).toEqual(request);
  });

  test('may leave out what is zero or empty, as proto3 does', () => {
    expect(decodeWriteRequest(Buffer.from('0a06 0a02 0a00 1200 1a00'.replaceAll(' ', ''), 'hex'))).toEqual({
      timeseries: [{ labels: [{ name: '', value: '' }], times: [0], values: [0] }],
      metadata: [{ metric_family_name: '', type: 'unknown', help: '', unit: '' }],
    });
  });

  test('that is cut short is none', () => {
    const bytes = encodeWriteRequest({ timeseries: [{ labels: [{ name: 'a', value: 'b' }], times: [1], values: [1] }], metadata: [] });
    expect(() => decodeWriteRequest(bytes.subarray(0, -1))).toThrow(/index out of range/);
  });
});

describe('a block of snappy', () => {
  test('holds what was put in', async () => {
    const bytes = Buffer.from('again and '.repeat(1000));
    const block = await packed(bytes);
    expect(block.length).toBeLessThan(bytes.length / 10);
    expect(await unpacked(block, bytes.length)).toEqual(bytes);
  });

  test('that holds more than the limit is not unpacked, whatever follows', async () => {
    const claims = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
    expect(await unpacked(claims, 1 << 20)).toBeUndefined();
    expect(await unpacked(await packed(Buffer.alloc(101)), 100)).toBeUndefined();
  });

  test('that is none is refused', async () => {
    await expect(unpacked(Buffer.from('no snappy'), 1 << 20)).rejects.toThrow(/snappy/);
    await expect(unpacked(Buffer.alloc(0), 1 << 20)).rejects.toThrow(/snappy/);
  });
});

function hex(bytes: string | Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
