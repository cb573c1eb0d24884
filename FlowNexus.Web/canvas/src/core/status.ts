/** What the engine says of a step in the execution on the screen. */
export interface Status {
  id: string;
  status: string;
  /** 0 to 1. */
  progress?: number;
  text?: string;
  attempt?: number;
}

/** One listener a box, so that a change of one step draws one box. */
export class StatusBoard {
  readonly #statuses = new Map<string, Status>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #all = new Set<() => void>();

  get(id: string): Status | undefined {
    return this.#statuses.get(id);
  }

  set(statuses: readonly Status[], all = false): void {
    const touched = new Set(statuses.map(status => status.id));
    if (all) {
      for (const id of [...this.#statuses.keys()]) {
        if (touched.has(id)) continue;
        this.#statuses.delete(id);
        touched.add(id);
      }
    }
    for (const status of statuses) this.#statuses.set(status.id, status);
    for (const id of touched) this.#listeners.get(id)?.forEach(listener => listener());
    if (touched.size > 0) this.#all.forEach(listener => listener());
  }

  watchAll(listener: () => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  watch(id: string, listener: () => void): () => void {
    const set = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, set.add(listener));
    return () => {
      set.delete(listener);
      if (set.size === 0) this.#listeners.delete(id);
    };
  }
}
