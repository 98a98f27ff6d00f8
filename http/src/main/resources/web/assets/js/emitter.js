// The smallest thing that lets one module tell others that something happened.

export class Emitter {
  #listeners = new Map();

  /** Calls `listener` with the payload of each event of that name. Returns a function that ends it. */
  on(name, listener) {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return () => all.delete(listener);
  }

  emit(name, payload) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) listener(payload);
  }
}
