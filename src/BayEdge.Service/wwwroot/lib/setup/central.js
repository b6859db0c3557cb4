// The way to the central system, rung by rung.
import { html } from '../../vendor/ui.js';
import { send, session } from '../api.js';
import { DraftField } from '../draft.js';
import { language, say } from '../i18n.js';
import { Action, Field, Form, Loading } from '../parts.js';
import { Checks, Next, Outcome, useConfiguration } from './parts.js';

const idPattern = '[A-Za-z0-9._\\-]{1,64}';

export function Central({ now, step, next }) {
  const [configuration] = useConfiguration(now);
  if (!configuration) return html`<${Loading} />`;
  const mqtt = configuration.mqtt ?? {};
  const ask = (fields, more) => send('POST', 'api/setup/central', {
    ...fields, url: fields.url || null, user: fields.user || null, password: fields.password || null, caFile: fields.caFile || null, language: language.value, anyway: false, ...more,
  });
  const entered = () => Object.fromEntries(new FormData(document.querySelector('.step form')));
  const isRunning = step.state === 'running';
  return html`
    <p>${say('central.text')}</p>
    <${Form} submit=${fields => ask(fields)} label=${say('central.try')}>
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
    <//>
    <div aria-busy=${isRunning ? 'true' : null}><${Checks} checks=${step.checks} /></div>
    <${Outcome} step=${step} />
    ${step.passed
      ? html`<${Next} step=${step} action=${next} />`
      : html`<${Action} className="outline" action=${() => ask(entered(), { anyway: true })} disabled=${isRunning}>${say('central.anyway')}<//>`}`;
}
