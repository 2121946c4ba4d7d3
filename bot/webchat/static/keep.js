// What the browser keeps for this chat: the token and messages not yet sent. Where storage is blocked, as in some frames
// on other sites, it is kept until the page closes.

const query = new URLSearchParams(location.search);
const space = `khoinghiep:${location.pathname.replace(/\/embed$/, '')}:${query.get('session') ?? ''}:`;
const memory = new Map();

function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

export function read(name) {
  return storage()?.getItem(space + name) ?? memory.get(name) ?? null;
}

export function write(name, value) {
  memory.set(name, value);
  try {
    storage()?.setItem(space + name, value);
  } catch {
    // Full or forbidden: memory has it.
  }
}

export function remove(name) {
  memory.delete(name);
  storage()?.removeItem(space + name);
}

// names lists what is kept under a prefix.
export function names(prefix) {
  const kept = Object.keys(storage() ?? {}).filter((key) => key.startsWith(space)).map((key) => key.slice(space.length));
  return [...new Set([...kept, ...memory.keys()])].filter((name) => name.startsWith(prefix));
}
