// The HTTP API, see docs/webchat-api.md. Failures are thrown: a Refused is for good, anything else may be tried again.

import * as keep from './keep.js';

const base = new URL('../../api/', import.meta.url);
const patience = 30_000; // milliseconds to wait for an answer

export class Refused extends Error {}

export const hasToken = () => keep.read('token') !== null;

export async function begin() {
  const made = await (await checked(await fetch(new URL('session', base), { method: 'POST', signal: AbortSignal.timeout(patience) }))).json();
  if (!hasToken()) keep.write('token', made.token); // another tab may have been faster
}

const authorization = () => ({ Authorization: `Bearer ${keep.read('token')}` });

async function checked(response) {
  if (response.ok) return response;
  const again = response.status === 429 || response.status >= 500;
  const { problem } = await response.json().catch(() => ({}));
  throw again ? new Error(`HTTP ${response.status}`) : new Refused(problem ?? 'Không gửi được tin này.');
}

export async function send(message) {
  await checked(await fetch(new URL('send', base), {
    method: 'POST',
    headers: { ...authorization(), 'Content-Type': 'application/json' },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(patience),
  }));
}

// upload sends a file and tells its progress from 0 to 1; fetch cannot tell that.
export function upload({ id, file }, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', new URL('send', base));
    request.setRequestHeader('Authorization', authorization().Authorization);
    request.upload.onprogress = (event) => progress(event.loaded / event.total);
    request.onload = () => checked(new Response(request.response, { status: request.status })).then(resolve, reject);
    request.onerror = () => reject(new Error('the connection broke'));
    const form = new FormData();
    form.append('id', id);
    form.append('file', file);
    request.send(form);
  });
}

export function events(after, signal) {
  const url = new URL('events', base);
  if (after) url.searchParams.set('after', after);
  return fetch(url, { headers: authorization(), signal }).then(checked);
}

export async function download(id) {
  return (await checked(await fetch(new URL(`files/${id}`, base), { headers: authorization() }))).blob();
}
