// Sends messages one after another, each until it is settled. They are kept over reloads and are sent again with the same
// id, which the server recognises. A file is too large to keep: it is lost with the page.

import { Refused, send, upload } from './api.js';
import * as keep from './keep.js';
import { Pause } from './pause.js';

const prefix = 'unsent:';

// newID also works on pages without TLS, which have no randomUUID.
export const newID = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join('-');

export class Outbox {
  #queue = [];
  #running = false;
  #events;

  // events: onSending(message), onProgress(message, share), onSettled(message), onRefused(message, problem), onWaiting()
  constructor(events) {
    this.#events = events;
  }

  // restore gives the messages that an earlier page left unsent, in order.
  restore() {
    const left = keep.names(prefix).map((name) => JSON.parse(keep.read(name))).sort((a, b) => a.at - b.at);
    left.forEach((message) => this.#push(message));
    return left;
  }

  add(message) {
    message.id ??= newID();
    message.at = Date.now();
    if (!message.file) keep.write(prefix + message.id, JSON.stringify(message));
    this.#push(message);
    return message;
  }

  #push(message) {
    this.#queue.push(message);
    if (!this.#running) this.#run();
  }

  async #run() {
    this.#running = true;
    const pause = new Pause();
    await null; // whoever added the message shows it first
    while (this.#queue.length > 0) {
      const message = this.#queue[0];
      try {
        this.#events.onSending(message);
        await (message.file ? upload(message, (share) => this.#events.onProgress(message, share)) : send(message));
        this.#drop(message);
        this.#events.onSettled(message);
        pause.reset();
      } catch (error) {
        if (error instanceof Refused) {
          this.#drop(message);
          this.#events.onRefused(message, error.message);
        } else {
          this.#events.onWaiting();
          await pause.wait();
        }
      }
    }
    this.#running = false;
  }

  #drop(message) {
    this.#queue.shift();
    keep.remove(prefix + message.id);
  }
}
