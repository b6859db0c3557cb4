import { html, useState } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { Action } from '../../lib/parts.js';

export function Central({ now, saveDocument }) {
  const [mqtt, setMqtt] = useState(now.mqtt ?? {});
  const set = changed => setMqtt({ ...mqtt, ...changed });
  const field = (key, more) => html`<label>${say(`mqtt.${key}`)}<input value=${mqtt[key] ?? ''} spellcheck="false" autocapitalize="off" autocomplete="off" onChange=${event => set({ [key]: event.target.value || undefined })} ...${more} /></label>`;
  const save = () => saveDocument({ ...now, mqtt: mqtt.url ? { ...mqtt, user: mqtt.user ?? '', password: mqtt.password ?? '' } : undefined }, say('settings.central'));
  return html`
    ${field('url', { placeholder: 'mqtts://broker:8883', inputmode: 'url' })}
    ${field('user')}
    ${field('password', { type: 'password', autocomplete: 'new-password' })}
    ${field('caFile', { placeholder: '/etc/bayedge/ca.pem' })}
    <label>${say('mqtt.confirmation')}<select value=${mqtt.confirmation ?? 'central'} onChange=${event => set({ confirmation: event.target.value })}>
      <option value="central">${say('confirmation.central')}</option><option value="broker">${say('confirmation.broker')}</option></select></label>
    <label class="big"><input type="checkbox" role="switch" checked=${mqtt.neighbours !== false} onChange=${event => set({ neighbours: event.target.checked })} />${say('mqtt.neighbours')}</label>
    <${Action} action=${save} done=${say('saved')}>${say('save')}<//>`;
}
