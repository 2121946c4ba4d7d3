// Follows the log of the chat by server-sent events over fetch, which can carry the token. It comes back by itself, from
// the last entry on, and tells whether it is connected.

import { events } from './api.js';
import { Pause } from './pause.js';

const silence = 45_000; // milliseconds without a sign of life until the line counts as dead; the server gives one in 20 s

export async function follow({ onEntry, onCaughtUp, onConnected }) {
  const pause = new Pause();
  let last = '';
  for (;;) {
    const line = new AbortController();
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => line.abort(), silence);
    };
    const dead = () => line.abort();
    window.addEventListener('offline', dead);
    try {
      alive();
      const response = await events(last, line.signal);
      onConnected(true);
      pause.reset();
      await read(response.body, alive, (entry) => {
        last = entry.id;
        onEntry(entry);
      }, onCaughtUp);
    } catch {
      // Broken: it is tried again below.
    }
    clearTimeout(watchdog);
    window.removeEventListener('offline', dead);
    onConnected(false);
    await pause.wait();
  }
}

// read takes events apart: lines "id: …" and "data: {…}", each event ended by an empty line.
async function read(body, alive, onEntry, onCaughtUp) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    const parts = (text + value).split('\n\n');
    text = parts.pop();
    for (const part of parts) {
      const data = part.split('\n').find((line) => line.startsWith('data: '));
      if (data) onEntry(JSON.parse(data.slice('data: '.length)));
    }
    if (text === '') onCaughtUp();
  }
}
