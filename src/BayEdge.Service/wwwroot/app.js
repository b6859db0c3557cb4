// Starts the page: asks the device who it is and who is logged in, then shows the page that the address names.
import { html, render } from './vendor/ui.js';
import { get, refreshSession, session } from './lib/api.js';
import { status } from './lib/events.js';
import { chooseLanguage } from './lib/i18n.js';
import { startRouting } from './lib/router.js';
import { Shell } from './lib/shell.js';

const root = document.getElementById('app');

async function start() {
  try {
    const known = refreshSession();
    await Promise.all([known, chooseLanguage(() => known.then(() => session.value.language)), lookAhead()]);
    if (session.value.role) await startRouting();
    render(html`<${Shell} />`, root);
  } catch {
    // The device is just starting, or the phone has lost it for a moment.
    root.textContent = '设备没有响应，正在重试… The device does not answer; trying again…';
    setTimeout(start, 1000);
  }
}

// Whoever is logged in sees the bays at once, and not only when the stream of events has begun.
async function lookAhead() {
  try {
    status.value = await get('api/status');
  } catch {
    // Nobody is logged in.
  }
}

start();
