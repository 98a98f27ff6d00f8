// One offer at a time. However often something changes meanwhile, exactly one more offer follows the answer. No DOM.

export class OfferQueue {
  #prepare;
  #send;
  #apply;
  #undo;
  #lastId = 0;
  #pending = null;
  #again = false;

  /**
   * @param {object} steps
   * @param steps.prepare async () → {sdp, sources}: makes the offer and sets it as local description
   * @param steps.send    (message) → void
   * @param steps.apply   async (sdp) → void: takes the answer
   * @param steps.undo    async () → void: rolls an offer back that will get no answer
   */
  constructor({ prepare, send, apply, undo }) {
    this.#prepare = prepare;
    this.#send = send;
    this.#apply = apply;
    this.#undo = undo;
  }

  /** Something changed that the server has to know. */
  async request() {
    if (this.#pending !== null) {
      this.#again = true;
      return;
    }
    const id = ++this.#lastId;
    this.#pending = id;
    try {
      const offer = await this.#prepare();
      if (this.#pending === id) this.#send({ type: 'offer', id, ...offer });
    } catch (failure) {
      if (this.#pending === id) this.#pending = null; // Nothing went out, so no answer will come to free the queue.
      throw failure;
    }
  }

  /** The answer to offer `id`; others are late and ignored. */
  async answered(id, sdp) {
    if (id !== this.#pending) return false;
    await this.#apply(sdp);
    await this.#settle();
    return true;
  }

  /** Offer `id` was refused. It isn't repeated: the same offer would be refused again. */
  async refused(id) {
    if (id !== this.#pending) return false;
    await this.#undo();
    await this.#settle();
    return true;
  }

  /** The connection came back: an offer that was under way may have been lost, so it is made again. */
  async renewed() {
    if (this.#pending === null) return;
    await this.#undo();
    this.#again = true;
    await this.#settle();
  }

  async #settle() {
    this.#pending = null;
    if (!this.#again) return;
    this.#again = false;
    await this.request();
  }
}
