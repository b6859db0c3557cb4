import { html, useState } from '../../vendor/ui.js';
import { bytes, say } from '../../lib/i18n.js';
import { Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

export function Diagnostics() {
  const { value, ...asked } = usePoll('api/diagnostics/contents');
  const [without, setWithout] = useState([]);
  if (!value) return html`<${Waiting} ...${asked} />`;
  const toggle = name => setWithout(without.includes(name) ? without.filter(one => one !== name) : [...without, name]);
  return html`<p>${say('diagnosticsText')}</p>
    <fieldset><legend>${say('contents')}</legend>${value.map(part => html`<label class="big" key=${part.name}>
      <input type="checkbox" checked=${!without.includes(part.name)} onChange=${() => toggle(part.name)} />
      <span><code>${part.name}</code> ${part.bytes == null ? '' : bytes(part.bytes)} ${part.personal ? html`<small class="muted">${say('personal')}</small>` : null}</span></label>`)}</fieldset>
    <a role="button" href=${`api/diagnostics?without=${encodeURIComponent(without.join(','))}`} download>${say('download')}</a>`;
}
