import { compress, uncompress } from 'snappy';

/** A block of snappy, not a stream: as remote write has it. */
export async function packed(bytes: Uint8Array): Promise<Buffer> {
  return compress(bytes);
}

/** What a block holds, or undefined where that is more than so many bytes. Throws where it is no block of snappy. */
export async function unpacked(block: Uint8Array, most: number): Promise<Buffer | undefined> {
  if (unpackedLength(block) > most) return undefined;
  const bytes = await uncompress(block, { asBuffer: true });
  return Buffer.from(bytes);
}

/** A block begins with it, as a varint; NaN: it does not. */
function unpackedLength(block: Uint8Array): number {
  let length = 0;
  for (let i = 0; i < 5; i += 1) {
    const byte = block[i] ?? Number.NaN;
    length += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return length;
  }
  return Number.NaN;
}
