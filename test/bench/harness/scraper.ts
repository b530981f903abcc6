import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Scrapes one page from a process of its own, so that this one's event loop is no part of the time. */
export interface Scraper {
  /** Seconds that each of so many scrapes took, one after the other. */
  scrape(times: number): Promise<number[]>;
  close(): Promise<void>;
}

export function openScraper(url: string): Scraper {
  const script = fileURLToPath(new URL('scraper-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    scrape: async (times) => {
      child.stdin.write(`${times}\n`);
      const answer: IteratorResult<string, unknown> = await answers.next();
      if (answer.done === true) throw new Error(`no page from ${url}`);
      return JSON.parse(answer.value) as number[];
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
