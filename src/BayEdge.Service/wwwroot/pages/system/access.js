import { html, useState } from '../../vendor/ui.js';
import { send } from '../../lib/api.js';
import { day, say } from '../../lib/i18n.js';
import { Card, Field, Form, State, Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

// What the device writes down in words; all else is a request, of which the first that fits says what it was for.
const deeds = { login: 'deed.login', logout: 'deed.logout', claimed: 'deed.claimed', 'wrong PIN': 'deed.wrongPin', 'wrong claim code': 'deed.wrongCode' };
const roles = ['installer', 'viewer'];

const requests = [
  ['/api/rules/replay', 'deed.replay'], ['/api/rules', 'deed.rules'], ['/api/configuration', 'deed.settings'], ['/api/setup/walk', 'deed.walk'], ['/api/setup/handover', 'deed.handover'],
  ['/api/setup', 'deed.setup'], ['/api/plates', 'deed.plate'], ['/api/access', 'deed.pin'], ['/api/backup', 'deed.backup'], ['/api/restore', 'deed.restore'], ['/api/update', 'deed.update'], ['/api/restart', 'deed.restart'],
];

function deed(what) {
  if (deeds[what]) return say(deeds[what]);
  const [, key] = requests.find(([path]) => what.includes(` ${path}`)) ?? [];
  return html`${key ? say(key) : ''} <code>${what}</code>`;
}
const nameOf = who => roles.includes(who) ? say(`role.${who}`) : who;

export function Access() {
  const { value, ...asked } = usePoll('api/access/audit');
  return html`
    <${Pin} account="installer" />
    <${Pin} account="viewer" />
    <${Card} title=${say('audit')}>${value ? html`<ol class="plain">${value.slice(0, 50).map(entry => html`<li><span class="muted">${day(entry.at)} ${entry.address}</span><br />${nameOf(entry.who)}: ${deed(entry.what)}${entry.status >= 400 ? ` (${entry.status})` : ''}</li>`)}</ol>` : html`<${Waiting} ...${asked} />`}<//>`;
}

function Pin({ account }) {
  const [done, setDone] = useState(false);
  const set = async ({ current, password }) => {
    setDone(false);
    await send('PUT', `api/access/${account}`, { current, password });
    setDone(true);
  };
  return html`<${Card} title=${say(`pinOf.${account}`)}>
    <${Form} submit=${set} label=${say('save')}>
      <${Field} name="current" label=${say('ownPin')} type="password" autocomplete="current-password" required />
      <${Field} name="password" label=${say('newPin')} help=${say('pinHelp')} type="password" autocomplete="new-password" required minlength="6" maxlength="128" />
    <//>
    ${done ? html`<p role="status"><${State} state="ok">${say('saved')}<//></p>` : null}
  <//>`;
}
