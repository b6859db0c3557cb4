// A newer version: taken from a file, tried by the device, and taken out again by itself where it does not work.
import { html } from '../../vendor/ui.js';
import { send } from '../../lib/api.js';
import { day, say, tell } from '../../lib/i18n.js';
import { Card, Field, Form, Problem, Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

export function Update() {
  const { value, error, again } = usePoll('api/update', 2000);
  if (!value) return html`<${Waiting} error=${error} again=${again} />`;
  const take = async ({ file }) => {
    await send('POST', 'api/update', file);
    again();
  };
  return html`
    <${Card} title=${say('updateRuns', { version: value.version })}>
      <div aria-live="polite">${value.last ? html`<p aria-busy=${value.underWay ? 'true' : null}>${tell(value.last)}${value.at && !value.underWay ? html` <span class="muted">${day(value.at)}</span>` : null}</p>` : null}</div>
      ${value.underWay ? html`<p class="muted">${say('updateWait')}</p>` : null}
      <${Problem} error=${value.underWay ? null : error} />
    <//>
    ${value.allowed
    ? html`<${Card} title=${say('updateInstall')}><p>${say('updateText')}</p>
        <${Form} submit=${take} label=${say('updateInstall')}><${Field} name="file" label=${say('updateFile')} type="file" accept=".update" required /><//><//>`
    : html`<p>${say('updateOff')}</p>`}`;
}
