/**
 * GETs one address over one kept connection, and nothing beside: what an HTTP client of Node does around a request takes
 * longer than a small page. Run as a process with the address; each line of its input is how many times, and answered by
 * a line of JSON, the seconds that each took from the request to the last byte.
 */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const url = new URL(process.argv[2] ?? '');
const request = Buffer.from(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });

const headEnd = '\r\n\r\n';
/** What ends a chunked body. No page has it: its lines end without a carriage return. */
const lastChunk = '0\r\n\r\n';

async function get(): Promise<number> {
  return new Promise((resolve, reject) => {
    let head: string | undefined;
    let missing = Number.NaN; // bytes of a body whose length was told
    let tail = '';
    const begin = performance.now();
    const receive = (bytes: Buffer): void => {
      if (head === undefined) {
        const end = bytes.indexOf(headEnd);
        head = bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
        if (end < 0 || !head.startsWith('HTTP/1.1 200 ')) return finish(new Error(`${url.href} answered ${head.slice(0, 200)}`));
        missing = Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? Number.NaN) + end + headEnd.length;
      }
      missing -= bytes.length;
      tail = (tail + bytes.toString('latin1', Math.max(0, bytes.length - lastChunk.length))).slice(-lastChunk.length);
      if (missing === 0 || (Number.isNaN(missing) && tail === lastChunk)) finish();
    };
    const finish = (fault?: Error): void => {
      const seconds = (performance.now() - begin) / 1000;
      socket.off('data', receive).off('error', finish).off('close', closed);
      if (fault === undefined) resolve(seconds);
      else reject(fault);
    };
    const closed = (): void => finish(new Error(`${url.href} closed the connection`));
    socket.on('data', receive).once('error', finish).once('close', closed);
    socket.write(request);
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const times: number[] = [];
  for (let left = Number(line); left > 0; left -= 1) times.push(await get());
  console.log(JSON.stringify(times));
}
socket.destroy();
