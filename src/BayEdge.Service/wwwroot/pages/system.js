// The device itself: versions, logs, diagnostics, backup, PINs, restart.
import { html } from '../vendor/ui.js';
import { isInstaller, refreshSession, send, session } from '../lib/api.js';
import { forgetAll } from '../lib/draft.js';
import { bytes, day, say } from '../lib/i18n.js';
import { Action, Card, Problem, State, Title, Waiting } from '../lib/parts.js';
import { usePoll } from '../lib/poll.js';
import { Access } from './system/access.js';
import { Backup } from './system/backup.js';
import { Diagnostics } from './system/diagnostics.js';
import { Logs } from './system/logs.js';
import { Update } from './system/update.js';

const sections = { logs: Logs, diagnostics: Diagnostics, backup: Backup, update: Update, access: Access };

// Another section is another page: nothing of the one before stays and moves.
export default ({ rest: [section] }) => html`<${System} key=${section ?? ''} section=${section} />`;

function System({ section }) {
  const Section = sections[section];
  return Section ? html`
    <p><a class="back" href="#/system">${say('back')}</a></p>
    <${Title}>${say(`system.${section}`)}<//>
    ${isInstaller() ? html`<${Section} />` : html`<p>${say('forInstallers')}</p>`}` : html`<${Overview} />`;
}

function Overview() {
  const { value, error } = usePoll('api/system', 5000);
  const leave = async () => {
    await send('POST', 'api/logout');
    forgetAll();
    await refreshSession();
  };
  return html`
    <${Title}>${say('page.system')}<//>
    ${value ? html`<${Problem} error=${error} />` : null}
    <div class="system">${value ? html`<${Facts} system=${value} />` : html`<${Waiting} error=${error} />`}</div>
    <nav aria-label=${say('page.system')}><ul class="plain menu">${Object.keys(sections).map(name => html`<li><a href=${`#/system/${name}`}>${say(`system.${name}`)}</a></li>`)}</ul></nav>
    ${isInstaller() ? html`<${Action} className="outline" confirm=${say('restartSure')} done=${say('restarting')} action=${() => send('POST', 'api/restart')}>${say('restart')}<//>` : null}
    <${Action} id="logout" className="outline secondary" action=${leave}>${say('logout')}<//>`;
}

const Facts = ({ system }) => html`<${Card}><dl class="facts">
  <dt>${say('serial')}</dt><dd>${session.value.serial}</dd>
  <dt>${say('version')}</dt><dd>${system.version}</dd>
  <dt>${say('clock')}</dt><dd>${day(system.now)} <${Clock} now=${system.now} /></dd>
  <dt>${say('disk')}</dt><dd>${system.diskFreeBytes == null ? '–' : say('free', { bytes: bytes(system.diskFreeBytes) })}</dd>
  ${system.temperatureCelsius == null ? null : html`<dt>${say('temperature')}</dt><dd>${system.temperatureCelsius.toFixed(0)} °C</dd>`}
  <dt>${say('backlog')}</dt><dd>${system.backlog ?? '–'}</dd>
  <dt>${say('computer')}</dt><dd>${system.system}, ${system.machine}, ${system.runtime}</dd>
</dl><//>`;

// More than a person would overlook; the way over the network counts too.
const mostSecondsApart = 5;

function Clock({ now }) {
  const apart = Math.round((Date.parse(now) - Date.now()) / 1000);
  return html`<${State} state=${Math.abs(apart) <= mostSecondsApart ? 'ok' : 'warn'}>${say('clockApart', { seconds: apart })}<//>`;
}
