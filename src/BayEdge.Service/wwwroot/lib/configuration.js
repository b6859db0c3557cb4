// The configuration as the page edits it: secrets hidden, nothing saved before the device has taken it.
import { signal } from '../vendor/ui.js';
import { get, send } from './api.js';

// { revision, text, problems, confirmBy, document }; document is null where the file is no JSON.
export const configuration = signal(null);

function keep(view) {
  let document = null;
  try {
    document = JSON.parse(view.text || '{}');
  } catch {
    // Broken by hand; the text itself can be mended.
  }
  configuration.value = { ...view, document };
}

export const loadConfiguration = async () => keep(await get('api/configuration'));

// why: a few words for the history.
export const saveText = async (text, why) => keep(await send('PUT', 'api/configuration', { text, revision: configuration.value.revision, why }));

export const saveDocument = (document, why) => saveText(JSON.stringify(document, null, 2), why);

export const revertTo = async version => keep(await send('POST', `api/configuration/history/${version}/revert`));

export const restore = async (backup, password) => keep(await send('POST', 'api/restore', { backup, password }));
