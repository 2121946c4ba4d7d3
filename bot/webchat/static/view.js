// Puts entries of the log and messages not yet sent on the page. Texts go in as text, never as HTML.

const log = document.querySelector('#log');
const bubbles = new Map(); // by the entry's id, and by the client's own id of what was sent here

// The end stays in sight, also when a screen keyboard takes half of the page, unless the person is reading above.
let reading = false;
const scrollToEnd = () => { log.scrollTop = log.scrollHeight; };
log.addEventListener('scroll', () => { reading = log.scrollHeight - log.scrollTop - log.clientHeight > 160; });
new ResizeObserver(() => { if (!reading) scrollToEnd(); }).observe(log);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// showEntry shows an entry once: in the place of the unsent message that it is, else at the end. One that replaces an earlier
// entry goes to the end as well, below the press that changed it.
export function showEntry(entry, { onPress, onDownload }) {
  if (bubbles.has(entry.id)) return;
  const unsent = bubbles.get(entry.key);
  const message = bubble(entry.mine, new Date(entry.at), ...content(entry, onDownload));
  if (entry.buttons?.length) message.append(choices(entry, onPress));
  bubbles.get(entry.replace)?.remove();
  if (unsent) unsent.replaceWith(message);
  else place(message);
  for (const id of [entry.id, entry.key, entry.replace]) if (id) bubbles.set(id, message);
}

// showUnsent shows a message before it is sent.
export function showUnsent(message) {
  const parts = message.file
    ? [make('p', { className: 'file' }, message.file.name), make('progress', { max: 1, value: 0, ariaLabel: `Đang gửi ${message.file.name}` })]
    : texts(message.label || message.text);
  const element = bubble(true, new Date(message.at), ...parts, make('p', { className: 'state' }, 'Đang gửi…'));
  element.classList.add('unsent');
  bubbles.set(message.id, element);
  place(element);
}

export function showProgress(message, share) {
  const element = bubbles.get(message.id);
  if (!element?.querySelector('progress')) return;
  element.querySelector('progress').value = share;
  element.querySelector('.state').textContent = `Đang gửi ${Math.floor(share * 100)}%`;
}

// showRefused says below a message why it is not sent.
export function showRefused(message, problem) {
  const element = bubbles.get(message.id);
  if (!element) return;
  element.querySelector('progress')?.remove();
  element.classList.replace('unsent', 'refused');
  element.querySelector('.state').textContent = problem;
}

// fold hides the buttons of earlier messages behind a line that opens them.
export function fold() {
  for (const old of log.querySelectorAll('details[open]')) old.open = false;
}

// place adds a message at the end, but before what is not yet sent: that stands in the log only when it is.
function place(message) {
  const next = message.matches('.unsent') ? null : log.querySelector('.unsent');
  const before = next ? next.previousElementSibling : log.lastElementChild;
  const { day } = message.dataset;
  if (before?.dataset.day !== day) log.insertBefore(make('p', { className: 'day', 'data-day': day }, day), next);
  log.insertBefore(message, next);
  if (message.matches('.mine')) reading = false;
  if (!reading) scrollToEnd();
}

function bubble(mine, at, ...parts) {
  const time = make('time', { dateTime: at.toISOString() }, at.toLocaleTimeString('vi', { hour: '2-digit', minute: '2-digit' }));
  const who = make('span', { className: 'spoken' }, mine ? 'Bạn: ' : 'Trợ lý: ');
  const day = at.toLocaleDateString('vi', { weekday: 'long', day: 'numeric', month: 'numeric' });
  return make('div', { className: mine ? 'message mine' : 'message', 'data-day': day }, make('div', { className: 'bubble' }, who, ...parts, time));
}

function content(entry, onDownload) {
  const parts = [];
  if (entry.title) parts.push(make('p', { className: 'title' }, entry.title));
  parts.push(...texts(entry.text));
  if (entry.file) parts.push(attachment(entry, onDownload));
  return parts;
}

function attachment(entry, onDownload) {
  const { name = 'Tệp', bytes } = entry.file;
  const size = bytes ? ` (${fileSize(bytes)})` : '';
  return make('button', { type: 'button', className: 'file', title: 'Tải về', onclick: () => onDownload(entry) }, name + size);
}

function fileSize(bytes) {
  if (bytes < 1 << 20) return `${Math.ceil(bytes / 1024)} KB`;
  return `${(bytes / (1 << 20)).toLocaleString('vi', { maximumFractionDigits: 1 })} MB`;
}

// texts makes a paragraph of a text, with its links.
function texts(text) {
  if (!text) return [];
  const parts = text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/);
  return [make('p', {}, ...parts.map((part, i) => (i % 2 ? link(part, part) : part)))];
}

const link = (href, text) => make('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);

// choices lays the buttons out in rows, as the message says.
function choices(entry, onPress) {
  const box = make('details', { open: true }, make('summary', {}, 'Xem lại các lựa chọn'));
  let row;
  for (const button of entry.buttons) {
    if (!row || button.row) box.append(row = make('div', { className: 'row' }));
    row.append(button.url
      ? link(button.url, button.label)
      : make('button', { type: 'button', onclick: (event) => onPress(entry, button, event) }, button.label));
  }
  return box;
}
