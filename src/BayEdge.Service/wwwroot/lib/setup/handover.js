// What was proved, signed: to print, to keep, and on its way to the central system.
import { html, useEffect, useState } from '../../vendor/ui.js';
import { get, send } from '../api.js';
import { DraftField, forget } from '../draft.js';
import { day, say } from '../i18n.js';
import { Card, Form, State } from '../parts.js';
import { go } from '../router.js';
import { Checks, speak, stateOf } from './parts.js';

const checkOf = item => ({ id: item.item, state: item.state, milliseconds: item.milliseconds, says: { key: item.says, text: item.detail, values: item.values } });

export function Handover({ now }) {
  const [signed, setSigned] = useState(null);
  useEffect(() => { get('api/setup/handover').then(setSigned, () => {}); }, [now.handedOverAt]);
  const sign = async ({ by }) => {
    setSigned(await send('POST', 'api/setup/handover', { by }));
    forget('handover');
  };
  const open = now.bays.filter(bay => !now.walks.some(walk => walk.bay === bay.id && walk.isVerified));
  return html`
    <p class="no-print">${say('handover.text')}</p>
    ${open.length ? html`<p><${State} state="warn">${say('handover.open', { bays: open.map(bay => bay.name).join(', ') })}<//></p>` : null}
    <${Form} submit=${sign} label=${say(signed ? 'handover.again' : 'handover.sign')}>
      <${DraftField} part="handover" name="by" label=${say('handover.by')} required maxlength="64" autocomplete="name" />
    <//>
    ${signed ? html`<${Signed} record=${signed} /><button type="button" class="outline no-print" onClick=${() => go('bays')}>${say('handover.toBays')}</button>` : null}`;
}

const Signed = ({ record }) => html`
  <section class="record" aria-labelledby="record">
    <h2 id="record">${say('handover.record', { site: record.site, device: record.device })}</h2>
    <dl>
      <dt>${say('handover.at')}</dt><dd>${day(record.at)}</dd>
      <dt>${say('handover.signedBy')}</dt><dd>${record.by}</dd>
      <dt>${say('join.version')}</dt><dd>${record.version}</dd>
      <dt>${say('handover.revision')}</dt><dd><code>${record.revision}</code></dd>
      <dt>${say('handover.clock')}</dt><dd>${say(`clock.${record.clock.state}`)}</dd>
    </dl>
    ${record.bays.map(bay => html`
      <${Card} key=${bay.bay} state=${stateOf(bay.state)} title=${bay.name}>
        <p><${State} state=${stateOf(bay.state)}>${say(`handover.bay.${stateOf(bay.state)}`)}<//> ${bay.at ? html`<small class="muted">${day(bay.at)}</small>` : null}</p>
        <${Checks} checks=${bay.items.map(checkOf)} />
      <//>`)}
    <h3>${say('handover.steps')}</h3>
    <ul class="plain">${record.steps.map(step => html`<li key=${step.item}><${State} state=${stateOf(step.state)}>${say(`step.${step.item}`)}<//> ${speak(checkOf(step).says)}</li>`)}</ul>
    <div class="row no-print">
      <button type="button" onClick=${() => window.print()}>${say('handover.print')}</button>
      <a role="button" class="outline" href="api/setup/handover" download=${`handover-${record.device}.json`}>${say('handover.download')}</a>
    </div>
  </section>`;
