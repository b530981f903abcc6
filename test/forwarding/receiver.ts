import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { decodeWriteRequest, type WriteRequest } from '../../src/protobuf/remote-write.ts';
import { unpacked } from '../../src/protobuf/snappy.ts';

/** A remote write, as it came. */
export interface Received extends WriteRequest {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
}

/** What to answer a request, which is not taken unless by 2xx; 0: nothing, ever. */
export type Verdict = (request: Received) => { status: number; words?: string; headers?: Record<string, string> };

/** A receiver of remote write on loopback that answers as it is told. */
export interface Receiver {
  readonly url: string;
  /** All that it has taken. */
  readonly taken: Received[];
  /** All that it was sent, also what it has not taken. */
  readonly offered: Received[];
  judge: Verdict;
  /** How far its clock is ahead, in milliseconds. */
  ahead: number;
  /** The samples that it has taken, in the order in which they came: `name{label="value"} value time`, a stale marker as `end`. */
  samples(selector?: (name: string) => boolean): string[];
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const taken: Received[] = [];
  const offered: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void answer(request, Buffer.concat(chunks), response));
  });
  const answer = async (request: IncomingMessage, block: Buffer, response: ServerResponse): Promise<void> => {
    response.sendDate = false;
    response.setHeader('date', new Date(Date.now() + receiver.ahead).toUTCString());
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const body = await unpacked(block, 1 << 28);
    const received = { ...decodeWriteRequest(body ?? Buffer.alloc(0)), headers: request.headers, path: request.url ?? '' };
    offered.push(received);
    const { status, words = '', headers = {} } = receiver.judge(received);
    if (status === 0) return;
    if (status < 300) taken.push(received);
    response.writeHead(status, headers).end(words);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/write`,
    taken,
    offered,
    judge: () => ({ status: 204 }),
    ahead: 0,
    samples: (selector = () => true) => taken.flatMap(samplesOf).filter(selector),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

function samplesOf({ timeseries }: WriteRequest): string[] {
  return timeseries.flatMap(({ labels, times, values }) => {
    const name = labels.find((label) => label.name === '__name__')?.value ?? '';
    const rest = labels.filter((label) => label.name !== '__name__').map((label) => `${label.name}="${label.value}"`);
    const series = rest.length === 0 ? name : `${name}{${rest.join(',')}}`;
    return times.map((time, i) => `${series} ${values[i] ?? 'end'} ${time}`);
  });
}
