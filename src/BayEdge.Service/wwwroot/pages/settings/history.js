import { html } from '../../vendor/ui.js';
import { revertTo } from '../../lib/configuration.js';
import { day, say } from '../../lib/i18n.js';
import { Action, Card, Loading, Problem } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

export function History() {
  const { value, error, again } = usePoll('api/configuration/history');
  if (!value) return error ? html`<${Problem} error=${error} />` : html`<${Loading} />`;
  return html`<p class="muted">${say('historyText')}</p>${value.map((version, index) => html`<${Card} key=${version.version} state=${index === 0 ? 'ok' : ''} title=${`${version.version} · ${day(version.at)}`}>
    <p>${version.who} · ${version.why || '–'}</p>
    <details><summary>${say('showText')}</summary><pre tabindex="0">${version.text}</pre></details>
    ${index === 0 ? null : html`<${Action} className="outline" action=${async () => { await revertTo(version.version); again(); }}>${say('revert')}<//>`}
  <//>`)}`;
}
