// The configuration as the page edits it: secrets hidden, nothing saved before the device has taken it.
import { get, send } from './api.js';

// { revision, text, problems, confirmBy, document }; document is null where the file is no JSON.
function read(view) {
  let document = null;
  try {
    document = JSON.parse(view.text || '{}');
  } catch {
    // Broken by hand; the text itself can be mended.
  }
  return { ...view, document };
}

export const loadConfiguration = async () => read(await get('api/configuration'));

// seen: what was loaded or saved before, on which the text was changed; where another has saved since, the device refuses. why: a few words for the history.
export const saveText = async (seen, text, why) => read(await send('PUT', 'api/configuration', { text, revision: seen.revision, why }));

export const revertTo = async version => read(await send('POST', `api/configuration/history/${version}/revert`));

export const restore = (backup, password) => send('POST', 'api/restore', { backup, password });
