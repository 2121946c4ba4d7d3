// The page: what the person does goes to the outbox, what the log says goes to the view.

import * as api from './api.js';
import * as keep from './keep.js';
import { Outbox, newID } from './outbox.js';
import { Pause } from './pause.js';
import { follow } from './stream.js';
import * as view from './view.js';

const fileLimit = 20 * 1024 * 1024; // bytes, as the server's
const textLimit = 4000; // UTF-16 units, as the server's
const element = (id) => document.getElementById(id);
const text = element('text');
const offline = { stream: false, outbox: false };
let typing; // a timer
let shift = false;

const outbox = new Outbox({
  onSending() {
    clearTimeout(typing);
    typing = setTimeout(() => { element('typing').hidden = false; }, 600);
  },
  onProgress: view.showProgress,
  onSettled: () => settled(),
  onRefused(message, problem) {
    settled();
    view.showRefused(message, problem);
  },
  onWaiting() {
    settled();
    connected('outbox', false);
  },
});

function settled() {
  clearTimeout(typing);
  element('typing').hidden = true;
  connected('outbox', true);
}

function connected(part, well) {
  offline[part] = !well;
  element('banner').textContent = offline.stream || offline.outbox ? 'Mất kết nối, đang thử lại…' : '';
}

// say sends what the person typed, pressed or chose.
function say(message) {
  view.fold();
  view.showUnsent(outbox.add(message));
}

function submit() {
  const typed = text.value.trim();
  if (typed.length > textLimit) { // the text stays: nothing that was written or pasted is cut off
    text.setCustomValidity(`Tin này dài ${typed.length.toLocaleString('vi')} ký tự, nhiều nhất là ${textLimit.toLocaleString('vi')}. Bạn rút gọn rồi gửi lại.`);
    text.reportValidity();
    return;
  }
  if (typed) say({ text: typed });
  text.value = '';
  grow();
}

function grow() {
  text.setCustomValidity('');
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight}px`;
}

// press brings the keyboard back to the text, once the key is done with; a finger does not want the screen keyboard.
function press(entry, button, event) {
  if (event.detail === 0) setTimeout(() => text.focus());
  say({ button: button.data, label: button.label, pressed: entry.id });
}

async function download(entry) {
  const url = URL.createObjectURL(await api.download(entry.id));
  view.make('a', { href: url, download: entry.file.name ?? 'tep' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function attach([file]) {
  element('file').value = '';
  if (!file) return;
  if (file.size <= fileLimit) {
    say({ file });
    return;
  }
  const refused = { id: newID(), at: Date.now(), file };
  view.showUnsent(refused);
  view.showRefused(refused, 'Tệp lớn hơn 20 MB. Bạn chọn tệp nhỏ hơn, hoặc gửi liên kết.');
}

element('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  submit();
});
// Enter sends and Shift+Enter makes a line. Seen as the line it would make, it is right on screen keyboards and while an
// accent is being put together, too.
text.addEventListener('keydown', (event) => { shift = event.shiftKey; });
text.addEventListener('beforeinput', (event) => {
  if (event.inputType !== 'insertLineBreak' || shift) return;
  event.preventDefault();
  submit();
});
text.addEventListener('input', grow);
element('menu').addEventListener('click', () => say({ button: 'menu:', label: 'Các việc mình giúp được' }));
element('attach').addEventListener('click', () => element('file').click());
element('file').addEventListener('change', (event) => attach([...event.target.files]));

// start begins the conversation, or follows the code of a link; it is not shown as a message.
function start(code) {
  outbox.add({ start: code });
}

// The codes of links: ?start=CODE is always followed, ?first=CODE only when there was no conversation yet.
const codes = new URLSearchParams(location.search);
const greet = () => start(codes.get('first') ?? 'menu');

async function begin() {
  const pause = new Pause();
  while (!api.hasToken()) {
    await api.begin().catch(() => {
      connected('stream', false);
      return pause.wait();
    });
  }
}

async function main() {
  const isNew = !api.hasToken();
  await begin();
  outbox.restore().filter((message) => !message.start).forEach(view.showUnsent);
  if (codes.has('start')) {
    start(codes.get('start'));
    codes.delete('start'); // a reload does not follow it again
    history.replaceState(null, '', `${location.pathname}?${codes}`);
  } else if (isNew) {
    greet();
  }
  if (matchMedia('(hover: hover)').matches) text.focus();
  let empty = !isNew; // a conversation that was erased begins anew
  follow({
    onEntry: (entry) => {
      empty = false;
      if (entry.mine) view.fold();
      view.showEntry(entry, { onPress: press, onDownload: download });
    },
    onCaughtUp: () => {
      if (empty) greet();
      empty = false;
      element('log').setAttribute('aria-busy', 'false');
    },
    onConnected: (well) => connected('stream', well),
  });
}

main();
