/** What is waiting to be sent: bounded, and merged where merging loses nothing. */

export type LabelValue = string | number | boolean;
export type Labels = Readonly<Record<string, LabelValue>>;

/** The lists of a body of POST /api/metrics/record. */
export type Kind = 'increments' | 'observations' | 'gauges' | 'metrics' | 'operational';

export interface Entry {
  readonly kind: Kind;
  /** As it is sent. */
  readonly item: Readonly<Record<string, unknown>>;
}

export class Buffer {
  readonly #most: number;
  readonly #entries = new Map<string, Entry>();
  #sequence = 0;
  #dropped = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How many entries had to go because the buffer was full. */
  get dropped(): number {
    return this.#dropped;
  }

  /** An increment waiting for the same series grows; of a gauge the last value counts. */
  add(entry: Entry): void {
    const { kind, item } = entry;
    const same = kind === 'increments' || kind === 'gauges' ? JSON.stringify([kind, item['name'], sorted(item['labels'])]) : undefined;
    const waiting = same === undefined ? undefined : this.#entries.get(same);
    if (same !== undefined && waiting !== undefined) {
      const by = kind === 'increments' ? { by: Number(waiting.item['by']) + Number(item['by']) } : {};
      this.#entries.set(same, { kind, item: { ...item, ...by } });
      return;
    }
    this.#entries.set(same ?? String((this.#sequence += 1)), entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
      this.#dropped += 1;
    }
  }

  /** The oldest entries, which are then no longer here. */
  take(most: number): Entry[] {
    const taken = [...this.#entries].slice(0, most);
    for (const [key] of taken) this.#entries.delete(key);
    return taken.map(([, entry]) => entry);
  }
}

function sorted(labels: unknown): unknown {
  return typeof labels === 'object' && labels !== null ? Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)) : null;
}
