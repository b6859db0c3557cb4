// The first two steps: the page is reached, and the device belongs to somebody. Or everything is taken over from a sister.
import { html, useState } from '../../vendor/ui.js';
import { send, session } from '../api.js';
import { status } from '../events.js';
import { bytes, say } from '../i18n.js';
import { Card, Problem, State } from '../parts.js';
import { usePoll } from '../poll.js';
import { go } from '../router.js';
import { Next, Outcome } from './parts.js';

// A phone follows the network's time; beyond this somebody's clock is wrong.
const mostClockSeconds = 5;

export function Join({ step, next }) {
  return html`
    <p>${say('join.text')}</p>
    <${Card}>
      <dl>
        <dt>${say('join.serial')}</dt><dd>${session.value.serial}</dd>
        <dt>${say('join.version')}</dt><dd>${session.value.version}</dd>
        <dt>${say('join.address')}</dt><dd>${location.host}</dd>
      </dl>
    <//>
    <${Outcome} step=${step} />
    <${Next} step=${step} action=${next} />`;
}

export function Claim({ now, step, next }) {
  const apart = status.value ? Math.abs(Date.parse(status.value.asOf) - Date.now()) / 1000 : null;
  return html`
    <p>${say('claim.text')}</p>
    <${Outcome} step=${step} />
    ${apart === null ? null : html`<p><${State} state=${apart > mostClockSeconds ? 'warn' : 'ok'}>${say(apart > mostClockSeconds ? 'claim.clockApart' : 'claim.clockSame', { seconds: Math.round(apart) })}<//></p>`}
    <${Computer} />
    <${Next} step=${step} action=${next} />
    <${Sister} now=${now} />`;
}

// A full card or a hot box is better known before anything is built on it.
function Computer() {
  const { value } = usePoll('api/system', 5000);
  return html`<dl>
    <dt>${say('claim.storage')}</dt><dd>${value?.diskFreeBytes == null ? '–' : say('claim.free', { bytes: bytes(value.diskFreeBytes) })}</dd>
    <dt>${say('claim.temperature')}</dt><dd>${value?.temperatureCelsius == null ? '–' : `${value.temperatureCelsius.toFixed(0)} °C`}</dd>
  </dl>`;
}

function Sister({ now }) {
  const [error, setError] = useState(null);
  const take = async event => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      await send('POST', 'api/setup/adopt', { text: await file.text(), revision: now.revision });
      go('setup/network');
    } catch (refused) {
      setError(refused);
    }
  };
  return html`
    <details><summary>${say('sister.title')}</summary>
      <p>${say('sister.text')}</p>
      <label>${say('sister.file')}<input type="file" accept=".json,application/json" onChange=${take} /></label>
      <${Problem} error=${error} />
    </details>`;
}
