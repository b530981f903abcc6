import { Agent, request } from 'node:http';

/** One kept connection to one address, as a scraper has it. No side compresses: that is the client's wish, not speed. */
export interface Connection {
  /** The body, complete; any status but 200, 202 and 204 is an error. */
  send(body?: string): Promise<Buffer>;
  close(): Promise<void>;
}

export function openConnection(url: string, method: 'GET' | 'PUT' | 'POST' = 'GET'): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send: async (body) =>
      new Promise((resolve, reject) => {
        const sent = request(url, { agent, method }, (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const received = Buffer.concat(chunks);
            if ([200, 202, 204].includes(answer.statusCode ?? 0)) resolve(received);
            else reject(new Error(`${url} answered ${answer.statusCode ?? 0}: ${received.toString().slice(0, 500)}`));
          });
        });
        sent.once('error', reject);
        sent.end(body);
      }),
    close: async () => agent.destroy(),
  };
}
