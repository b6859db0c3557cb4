// Cameras: asked before they are kept, looked through, and the part of the picture that is the bay drawn by touch.
import { html, useRef, useState } from '../../vendor/ui.js';
import { send } from '../api.js';
import { forget } from '../draft.js';
import { offline } from '../events.js';
import { say, tell } from '../i18n.js';
import { freeSourceId } from '../ids.js';
import { Action, Card, State, Waiting } from '../parts.js';
import { usePoll } from '../poll.js';
import { mostOfThePicture } from '../zones.js';
import { Checks, Next, Outcome, useConfiguration } from './parts.js';
import { SourceForm } from './source.js';
import { Zone } from './zone.js';

const lookMilliseconds = 700;

export function Cameras({ now, step, next }) {
  const { configuration, reload, ...asked } = useConfiguration(now);
  const drivers = usePoll('api/drivers');
  if (!configuration) return html`<${Waiting} ...${asked} />`;
  if (!drivers.value) return html`<${Waiting} ...${drivers} />`;
  const cameras = configuration.cameras ?? [];
  const done = async () => {
    await send('POST', 'api/setup/steps/cameras');
    next();
  };
  return html`
    <p>${say('cameras.text')}</p>
    <${Add} configuration=${configuration} drivers=${drivers.value.filter(driver => driver.kind === 'camera')} bays=${now.bays} reload=${reload} />
    ${cameras.map(camera => html`<${Camera} key=${camera.id} camera=${camera} bays=${now.bays} reload=${reload} />`)}
    <${Checks} checks=${step.checks} />
    <${Outcome} step=${step} />
    <${Next} step=${step} action=${done} />`;
}

function Add({ configuration, drivers, bays, reload }) {
  const [report, setReport] = useState(null);
  const [round, setRound] = useState(0);
  const cameras = configuration.cameras ?? [];
  const unseen = bays.find(bay => !cameras.some(camera => camera.zones?.some(zone => zone.bay === bay.id))) ?? bays[0];
  const probe = async source => {
    setReport(null);
    const camera = { id: freeSourceId(configuration, 'camera'), ...source, zones: [{ bay: unseen.id, polygon: mostOfThePicture }] };
    setReport({ ...await send('POST', 'api/setup/cameras/probe', camera), camera });
  };
  const keep = async () => {
    await send('PUT', 'api/setup/cameras', report.camera);
    forget('cameras');
    setReport(null);
    setRound(round + 1);
    await reload();
  };
  return html`
    <details open=${cameras.length === 0}><summary>${say('cameras.add')}</summary>
      <${SourceForm} key=${round} part="cameras" drivers=${drivers} usual="stream" submit=${probe} label=${say('cameras.probe')} />
      <div role="status">${report ? html`
        <${Card} state=${report.answered ? 'ok' : 'fail'}>
          <p><${State} state=${report.answered ? 'ok' : 'fail'}>${tell(report.says)}<//></p>
          ${report.answered ? html`<${Action} action=${keep}>${say('cameras.keep')}<//>` : null}
        <//>` : null}</div>
    </details>`;
}

function Camera({ camera, bays, reload }) {
  const { value, error } = usePoll(`api/setup/cameras/${camera.id}/look`, lookMilliseconds, () => document.hidden);
  const look = error ? null : value;
  const [bay, setBay] = useState(camera.zones?.[0]?.bay ?? bays[0].id);
  const saved = camera.zones?.find(zone => zone.bay === bay)?.polygon;
  const save = async (corners, from) => {
    await send('PUT', `api/setup/cameras/${camera.id}/zones`, { bay, corners, from });
    await reload();
  };

  // Corners that are being drawn stay on the last picture; what was read in it does not.
  const now = look?.at && !offline.value ? look : null;
  const last = useRef(null);
  last.current = now ?? last.current;
  const plate = now?.plates.reduce((widest, one) => one.widthPx > (widest?.widthPx ?? 0) ? one : widest, null);
  return html`
    <${Card} title=${camera.id}>
      <p class="muted">${camera.url}</p>
      ${bays.length < 2 ? null : html`
        <label>${say('cameras.zoneOf')}
          <select value=${bay} onChange=${event => setBay(event.target.value)}>${bays.map(one => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select>
        </label>`}
      ${now ? null : html`<${Silent} look=${look} isNew=${!last.current} />`}
      ${last.current ? html`<${Zone} key=${bay} picture=${`api/setup/cameras/${camera.id}/still?at=${encodeURIComponent(last.current.at)}`} isOld=${!now} size=${last.current} saved=${saved} fallback=${mostOfThePicture} plates=${now?.plates ?? []} save=${save} />` : null}
      <${Meter} plate=${plate} look=${now} />
      <${Action} className="outline" confirm=${say('readers.removeSure', { reader: camera.id })} action=${async () => { await send('DELETE', `api/setup/cameras/${camera.id}`, { from: camera }); await reload(); }}>${say('readers.remove')}<//>
    <//>`;
}

function Silent({ look, isNew }) {
  if (look?.reason) return html`<p class=${isNew ? 'bad blank' : 'bad'} role="status">${tell(look.reason)}</p>`;
  return isNew ? html`<p class="still" aria-busy="true">${say('cameras.waiting')}</p>` : html`<p class="bad" role="status">${say('cameras.stopped')}</p>`;
}

// Pixels decide whether a plate can be read; ten pictures show whether it is.
function Meter({ plate, look }) {
  if (!look) return null;
  const wide = plate && plate.widthPx >= look.least;
  const all = look.of >= 10;
  return html`
    <div class="meter" role="group" aria-label=${say('cameras.meter')}>
      ${plate ? html`<strong class="plate">${plate.text}</strong>` : html`<p class="muted">${say('cameras.noPlate')}</p>`}
      ${plate ? html`
        <meter aria-label=${say('cameras.width')} min="0" max=${look.least * 3} low=${look.least} value=${plate.widthPx}></meter>
        <p><${State} state=${wide ? 'ok' : 'warn'}>${say('cameras.pixels', { width: plate.widthPx, least: look.least, confidence: Math.round(plate.confidence * 100) })}<//></p>` : null}
      <p data-read=${look.read} data-of=${look.of}><${State} state=${all ? (look.read >= look.enough ? 'ok' : 'warn') : 'running'}>${say('cameras.tenFrames', { read: look.read, of: look.of })}<//></p>
    </div>`;
}
