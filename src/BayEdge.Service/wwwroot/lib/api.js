// Speaks with the device. Whatever it refuses comes as a Refused with a sentence that tell() says in the page's language.
import { signal } from '../vendor/ui.js';

// What GET /api/welcome says: version, serial, claimed, accounts, and role and token of whoever is logged in.
export const session = signal(null);

export class Refused extends Error {
  constructor(status, { says, problems }) {
    super(says?.text ?? `HTTP ${status}`);
    Object.assign(this, { status, says: says ?? { key: 'unreadableAnswer', text: `HTTP ${status}`, values: { status: String(status) } }, problems: problems ?? [] });
  }
}

export async function refreshSession() {
  session.value = await get('api/welcome');
}

export const isInstaller = () => session.value?.role === 'installer';

export const get = path => ask(path, {});

// method: POST, PUT, DELETE or PATCH; body: anything that JSON can hold, or a Blob that goes as it is; signal: of an AbortController, or nothing.
export const send = (method, path, body, signal) => ask(path, body instanceof Blob
  ? { method, signal, body, headers: { 'Content-Type': 'application/octet-stream' } }
  : { method, signal, body: JSON.stringify(body ?? {}), headers: { 'Content-Type': 'application/json' } });

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: { ...options.headers, ...(session.value?.token ? { 'X-BayEdge-Token': session.value.token } : {}) } });
  } catch {
    throw new Refused(0, { says: { key: 'noAnswer', text: 'The device does not answer' } });
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json();

  // Logged out meanwhile: the shell shows the login in place of the page.
  if (answer.status === 401 && session.value?.role) await refreshSession();
  throw new Refused(answer.status, await answer.json().catch(() => ({})));
}
