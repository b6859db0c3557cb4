// The way to the central system, rung by rung.
import { html } from '../../vendor/ui.js';
import { send, session } from '../api.js';
import { DraftField, draft, drafted, forget } from '../draft.js';
import { useFaster } from '../faster.js';
import { language, say } from '../i18n.js';
import { Action, Field, Form, Waiting } from '../parts.js';
import { Checks, Next, Outcome, useConfiguration } from './parts.js';

const idPattern = '[A-Za-z0-9._\\-]{1,64}';

export function Central({ now, step, next }) {
  const { configuration, ...asked } = useConfiguration(now);
  const { guard, theirs, round } = useFaster(() => forget('central'));
  if (!configuration) return html`<${Waiting} ...${asked} />`;
  const mqtt = configuration.mqtt ?? {};

  // What was seen before anything was typed, and whatever this phone itself has saved since.
  const present = { site: configuration.site, device: configuration.device, url: mqtt.url, user: mqtt.user, caFile: mqtt.caFile };
  const seen = () => drafted('central', 'seen') ?? [present];
  const begin = () => draft('central', 'seen', seen());
  const ask = guard(async (fields, more) => {
    const asked = { ...fields, url: fields.url || null, user: fields.user ?? '', caFile: fields.caFile || null };
    await send('POST', 'api/setup/central', { ...asked, password: fields.password || null, language: language.value, anyway: false, from: seen(), ...more });
    draft('central', 'seen', [...seen(), { site: asked.site, device: asked.device, url: asked.url, user: asked.user, caFile: asked.caFile }]);
  });
  const entered = () => Object.fromEntries(new FormData(document.querySelector('.step form')));
  const isRunning = step.state === 'running';
  return html`
    <p>${say('central.text')}</p>
    <div onInput=${begin} key=${round}><${Form} submit=${fields => ask(fields)} label=${say('central.try')}>
      <div class="row two">
        <${DraftField} part="central" name="site" label=${say('central.site')} defaultValue=${configuration.site ?? ''} required pattern=${idPattern} autocapitalize="none" spellcheck="false" />
        <${DraftField} part="central" name="device" label=${say('central.device')} defaultValue=${configuration.device ?? session.value.serial} required pattern=${idPattern} autocapitalize="none" spellcheck="false" />
      </div>
      <${DraftField} part="central" name="url" label=${say('central.url')} help=${say('central.urlHelp')} defaultValue=${mqtt.url ?? ''} placeholder="mqtts://broker:8883" inputmode="url" autocapitalize="none" spellcheck="false" />
      <div class="row two">
        <${DraftField} part="central" name="user" label=${say('central.user')} defaultValue=${mqtt.user ?? ''} autocapitalize="none" autocomplete="off" />
        <${Field} name="password" label=${say('central.password')} defaultValue=${mqtt.password ?? ''} type="password" autocomplete="off" />
      </div>
      <details><summary>${say('central.more')}</summary>
        <${DraftField} part="central" name="caFile" label=${say('central.caFile')} defaultValue=${mqtt.caFile ?? ''} placeholder="/etc/bayedge/ca.pem" autocapitalize="none" />
      </details>
    <//></div>
    ${theirs}
    <div aria-busy=${isRunning ? 'true' : null}><${Checks} checks=${step.checks} /></div>
    <${Outcome} step=${step} />
    ${step.passed
      ? html`<${Next} step=${step} action=${next} />`
      : html`<${Action} className="outline" action=${() => ask(entered(), { anyway: true })} disabled=${isRunning}>${say('central.anyway')}<//>`}`;
}
