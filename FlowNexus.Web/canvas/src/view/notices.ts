export interface Notice {
  text: string;
  refused: boolean;
  count: number;
}

const shownFor = 5000;

/** What is spoken, and for a refusal also shown. */
export class Notices {
  current: Notice = { text: "", refused: false, count: 0 };
  readonly #listeners = new Set<() => void>();
  #timer = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  say(text: string, refused = false): void {
    this.current = { text, refused, count: this.current.count + 1 };
    for (const listener of this.#listeners) listener();
    clearTimeout(this.#timer);
    if (refused) this.#timer = window.setTimeout(() => this.say(""), shownFor);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
