// How the device is connected; an address that is changed here is taken back unless a browser finds the device again.
import { html, useEffect, useState } from '../../vendor/ui.js';
import { get, send } from '../api.js';
import { DraftField, draft, drafted, forget, useDraft } from '../draft.js';
import { useFaster } from '../faster.js';
import { say } from '../i18n.js';
import { useSeconds } from '../live.js';
import { Action, Form } from '../parts.js';
import { Checks, Next, Outcome } from './parts.js';

const pollMilliseconds = 2000;

export function Network({ step, next }) {
  const [network, setNetwork] = useState(null);
  const [moving, setMoving] = useState(null);
  const load = async () => setNetwork(await get('api/setup/network'));
  const check = () => send('POST', 'api/setup/network/check');
  useEffect(() => {
    load().catch(() => setNetwork({}));
    if (step.state === 'unknown') check().catch(() => {});
    const timer = setInterval(() => load().catch(() => {}), pollMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return html`
    <p>${say('network.text')}</p>
    ${moving && network?.remainingSeconds === undefined ? html`<${Moving} ...${moving} />` : null}
    ${network?.remainingSeconds === undefined ? null : html`
      <div class="problem"><p role="alert">${say('network.confirm')}</p><p>${say('network.remaining', { seconds: Math.max(0, Math.round(network.remainingSeconds)) })}</p></div>
      <${Action} action=${async () => { await send('POST', 'api/setup/network/confirm'); await load(); await check(); }}>${say('network.keep')}<//>`}
    <${Checks} checks=${step.checks} />
    <${Outcome} step=${step} />
    <${Action} action=${check} className="outline">${say('network.again')}<//>
    ${network?.settings ? html`<${Address} settings=${network.settings} seconds=${network.confirmSeconds} changed=${load} move=${setMoving} />` : null}
    <${Next} step=${step} action=${next} />`;
}

// Where the device will be: at its old address it can no longer say so. The phone has to log in there, for a login belongs to an address.
function Moving({ address, until }) {
  useSeconds();
  const seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
  const there = address && `${location.protocol}//${address.split('/')[0]}${location.port ? `:${location.port}` : ''}/#/setup/network`;
  return html`<div class="problem"><p role="alert">${say(there ? 'network.moves' : 'network.movesSomewhere')}</p>
    ${there ? html`<p><a role="button" href=${there}>${there}</a></p>` : null}
    <p>${say('network.remaining', { seconds })}</p></div>`;
}

function Address({ settings, seconds, changed, move }) {
  const [automatic, setAutomatic] = useDraft('network', 'automatic', settings.automatic);
  const { guard, theirs, round } = useFaster(() => {
    setAutomatic(settings.automatic);
    forget('network');
  });
  const from = () => drafted('network', 'seen') ?? settings;
  const apply = guard(async ({ address, gateway, nameServers }) => {
    move({ address: automatic ? null : address, until: Date.now() + seconds * 1000 });
    try {
      await send('PUT', 'api/setup/network', automatic
        ? { automatic, from: from() }
        : { automatic, from: from(), address, gateway, nameServers: (nameServers ?? '').split(/[\s,]+/).filter(Boolean) });
    } catch (refused) {
      // Without any answer it has most likely moved.
      if (!refused.status) return;
      move(null);
      throw refused;
    }
    forget('network');
    await changed();
  });
  return html`
    <details open=${drafted('network', 'automatic') !== null} onInput=${() => draft('network', 'seen', from())}><summary>${say('network.change')}</summary>
      <${Form} key=${round} submit=${apply} label=${say('network.apply')}>
        <label class="big"><input type="checkbox" role="switch" checked=${automatic} onChange=${event => setAutomatic(event.target.checked)} />${say('network.automatic')}</label>
        ${automatic ? null : html`
          <${DraftField} part="network" name="address" label=${say('network.address')} defaultValue=${settings.address ?? ''} placeholder="192.168.1.20/24" required inputmode="text" />
          <${DraftField} part="network" name="gateway" label=${say('network.gateway')} defaultValue=${settings.gateway ?? ''} placeholder="192.168.1.1" />
          <${DraftField} part="network" name="nameServers" label=${say('network.nameServers')} defaultValue=${settings.nameServers.join(', ')} placeholder="192.168.1.1" />`}
      <//>
      ${theirs}
    </details>`;
}
