// As strong as the bay needs and no stronger: the slider acts at once, the matrix shows which bay hears which tag how well.
import { html, useEffect, useRef, useState } from '../../vendor/ui.js';
import { get, send } from '../api.js';
import { say, tell } from '../i18n.js';
import { Action, Problem } from '../parts.js';

export function Power({ reader, fault, bays, tags, reload }) {
  const [power, setPower] = useState(null);
  const [error, setError] = useState(null);
  const [unwatched, setUnwatched] = useState(null);
  const [dragged, setDragged] = useState(null);
  const seen = useRef(null);
  const kept = String(reader.powerDbm ?? '');
  const load = async () => setPower(await get(`api/setup/readers/${reader.id}/power`));
  const set = async dbm => {
    try {
      setPower(await send('PUT', `api/setup/readers/${reader.id}/power`, { dbm, keep: false }));
      setError(null);
    } catch (refused) {
      setError(refused);
    }
    setDragged(null);
  };

  // A reader that is about to start cannot be asked yet; where no bay is watched, none starts.
  useEffect(() => {
    if (power) return;
    const ask = () => load().catch(refused => setUnwatched(refused.says?.key === 'notRunning' ? refused.says : null));
    const timer = setInterval(ask, 1500);
    ask();
    return () => clearInterval(timer);
  }, [power]);
  if (!power) return html`<div class="power">${fault ?? unwatched ? html`<p class="bad">${tell(fault ?? unwatched)}</p>` : html`<p class="muted" aria-busy="true">${say('power.asking')}</p>`}</div>`;
  if (power.leastDbm === undefined || power.mostDbm === undefined) return html`<p class="muted">${say('say.readers.noPower')}</p>`;

  // What another phone has kept since the slider was first moved here is shown before it is replaced.
  const keepPower = async () => {
    try {
      await send('PUT', `api/setup/readers/${reader.id}/power`, { dbm: power.nowDbm, keep: true, from: seen.current ?? kept });
    } finally {
      seen.current = null;
      await Promise.all([reload(), load()]);
    }
  };
  return html`<div class="power">
    <label>${say('power.label', { dbm: dragged ?? power.nowDbm })}
      <input type="range" min=${power.leastDbm} max=${power.mostDbm} step="0.5" value=${dragged ?? power.nowDbm} onInput=${event => { seen.current ??= kept; setDragged(Number(event.target.value)); }} onChange=${event => set(Number(event.target.value))} aria-valuetext=${`${dragged ?? power.nowDbm} dBm`} />
    </label>
    <${Problem} error=${error} />
    <${Matrix} reader=${reader} bays=${bays} tags=${tags} />
    <${Action} className="outline" action=${keepPower} done=${say('power.kept')}>${say('power.keep')}<//>
  </div>`;
}

function Matrix({ reader, bays, tags }) {
  const shown = bays.filter(bay => (reader.antennas ?? []).some(antenna => antenna.bay === bay.id));
  const identities = [...new Set(tags.map(tag => tag.tag))].slice(0, 4);
  const dbm = (identity, bay) => {
    const ports = reader.antennas.filter(antenna => antenna.bay === bay.id).map(antenna => antenna.port);
    const heard = tags.filter(tag => tag.tag === identity && tag.now && ports.includes(tag.antenna)).map(tag => tag.lastDbm ?? -99);
    return heard.length ? Math.max(...heard) : null;
  };
  return html`
    <div class="live" tabindex="0" role="region" aria-label=${say('power.matrix')}>
      ${identities.length === 0 ? html`<p class="muted">${say('power.holdTag')}</p>` : html`<table class="matrix"><thead><tr><th>${say('readers.tag')}</th>${shown.map(bay => html`<th key=${bay.id}>${bay.name}</th>`)}</tr></thead>
        <tbody>${identities.map(identity => html`
          <tr key=${identity}><td><code>${identity.slice(-8)}</code></td>${shown.map(bay => {
            const value = dbm(identity, bay);
            return html`<td key=${bay.id} class=${value === null ? 'muted' : value > -60 ? 'strong' : value > -70 ? 'middling' : ''}>${value === null ? '–' : `${Math.round(value)}`}</td>`;
          })}</tr>`)}
        </tbody>
      </table>`}
    </div>`;
}
