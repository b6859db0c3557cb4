import { html } from '../../vendor/ui.js';
import { revertTo } from '../../lib/configuration.js';
import { day, say } from '../../lib/i18n.js';
import { Action, Card, Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

// What the device itself wrote down is a key, with the version that it speaks of.
const device = { found: 'historyFound', byHand: 'historyByHand', again: 'historyAgain', notConfirmed: 'historyNotConfirmed', takenOver: 'historyTakenOver' };

// The steps of the installation name what they change.
const parts = { bays: 'settings.bays', readers: 'settings.readers', cameras: 'settings.cameras', 'central system': 'settings.central', rules: 'settings.rules' };

// Whoever is no person.
const others = { file: 'changedByHand', device: 'changedByDevice', installer: 'role.installer', viewer: 'role.viewer' };

function reason(why) {
  const [key, version] = why.split(':');
  return device[key] ? say(device[key], { version }) : parts[why] ? say(parts[why]) : why || '–';
}

export function History({ keep }) {
  const { value, error, again } = usePoll('api/configuration/history');
  if (!value) return html`<${Waiting} error=${error} again=${again} />`;
  return html`<p class="muted">${say('historyText')}</p>${value.map((version, index) => html`<${Card} key=${version.version} state=${index === 0 ? 'ok' : ''} title=${`${version.version} · ${day(version.at)}`}>
    <p>${others[version.who] ? say(others[version.who]) : version.who} · ${reason(version.why)}</p>
    <details><summary>${say('showText')}</summary><pre tabindex="0">${version.text}</pre></details>
    ${index === 0 ? null : html`<${Action} className="outline" action=${async () => { keep(await revertTo(version.version)); again(); }}>${say('revert')}<//>`}
  <//>`)}`;
}
