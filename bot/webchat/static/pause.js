// Waits between tries, longer each time, each client a little differently; at once when the network is back.

const first = 500;
const longest = 15_000; // milliseconds

export class Pause {
  #next = first;

  reset() {
    this.#next = first;
  }

  async wait() {
    const length = this.#next * (0.75 + Math.random() / 2);
    this.#next = Math.min(2 * this.#next, longest);
    await new Promise((resolve) => {
      setTimeout(resolve, length);
      window.addEventListener('online', resolve, { once: true });
    });
  }
}
