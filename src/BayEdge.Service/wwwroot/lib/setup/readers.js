// Readers: found or typed, asked who they are, then each antenna is given to the bay where the tag is held.
import { html, useState } from '../../vendor/ui.js';
import { send } from '../api.js';
import { forget } from '../draft.js';
import { status, useTopic } from '../events.js';
import { say, tell } from '../i18n.js';
import { freeSourceId } from '../ids.js';
import { Action, Card, State, Waiting } from '../parts.js';
import { usePoll } from '../poll.js';
import { Power } from './power.js';
import { Checks, Next, Outcome, signalTick, useConfiguration } from './parts.js';
import { SourceForm } from './source.js';

export function Readers({ now, step, next }) {
  const { configuration, reload, ...asked } = useConfiguration(now);
  const drivers = usePoll('api/drivers');
  const tags = useTopic('tags').value ?? [];
  // While this step is open, a tag that is held before an antenna opens no visit.
  usePoll('api/setup/readers/trial', 2000);
  if (!configuration) return html`<${Waiting} ...${asked} />`;
  if (!drivers.value) return html`<${Waiting} ...${drivers} />`;
  const readers = configuration.readers ?? [];
  const done = async () => {
    await send('POST', 'api/setup/steps/readers');
    next();
  };
  return html`
    <p>${say('readers.text')}</p>
    <${Action} className="outline" action=${() => send('POST', 'api/setup/readers/scan')} disabled=${now.scanning}>${now.scanning ? say('readers.scanning') : say('readers.scan')}<//>
    <div aria-busy=${now.scanning ? 'true' : null} aria-live="polite">
      ${now.found.filter(found => !readers.some(reader => reader.address === found.settings.address && reader.port === found.settings.port)).map(found => html`
        <${Found} key=${JSON.stringify(found.settings)} found=${found} configuration=${configuration} bays=${now.bays} reload=${reload} />`)}
    </div>
    <${ByAddress} configuration=${configuration} drivers=${drivers.value.filter(driver => driver.kind === 'reader')} bays=${now.bays} reload=${reload} />
    ${readers.length ? html`<${Mapping} readers=${readers} bays=${now.bays} held=${now.held} tags=${tags} reload=${reload} />` : null}
    ${readers.map(reader => html`<${Reader} key=${reader.id} reader=${reader} fault=${faultOf(reader)} bays=${now.bays} tags=${tags.filter(tag => tag.source === reader.id)} reload=${reload} />`)}
    <${Checks} checks=${step.checks} />
    <${Outcome} step=${step} />
    <${Next} step=${step} action=${done} />`;
}

// Until the tag says otherwise, the first antenna looks at the first bay.
const guess = (antennas, bays) => (antennas.length ? antennas.filter(port => port.connected !== false) : [{ port: 1 }])
  .map(({ port }, place) => ({ port, bay: bays[Math.min(place, bays.length - 1)].id }));

async function keep(source, antennas, configuration, bays, reload) {
  await send('PUT', 'api/setup/readers', { id: freeSourceId(configuration, 'reader'), ...source, antennas: guess(antennas, bays) });
  forget('readers');
  await reload();
}

const Facts = ({ facts }) => facts.length === 0 ? null : html`<dl>${facts.map(fact => html`<dt>${say(`fact.${fact.name}`) === `fact.${fact.name}` ? fact.name : say(`fact.${fact.name}`)}</dt><dd>${fact.value}</dd>`)}</dl>`;

const Found = ({ found, configuration, bays, reload }) => html`
  <${Card} state=${found.answered ? 'ok' : 'warn'} title=${Object.values(found.settings).join(' ')}>
    <p>${tell(found.says)}</p>
    <${Facts} facts=${found.facts} />
    ${found.answered ? html`<${Action} action=${() => keep({ driver: found.driver, ...found.settings }, found.antennas, configuration, bays, reload)}>${say('readers.add')}<//>` : null}
  <//>`;

function ByAddress({ configuration, drivers, bays, reload }) {
  const [report, setReport] = useState(null);
  const [round, setRound] = useState(0);
  const probe = async source => {
    setReport(null);
    const asked = await send('POST', 'api/setup/readers/probe', { id: freeSourceId(configuration, 'reader'), ...source, antennas: [{ port: 1, bay: bays[0].id }] });
    setReport({ ...asked, source });
  };
  return html`
    <details open=${!configuration.readers?.length}><summary>${say('readers.byAddress')}</summary>
      <${SourceForm} key=${round} part="readers" drivers=${drivers} usual="llrp" submit=${probe} label=${say('readers.probe')} />
      <div role="status">${report ? html`
        <${Card} state=${report.answered ? 'ok' : 'fail'}>
          <p><${State} state=${report.answered ? 'ok' : 'fail'}>${tell(report.says)}<//></p>
          <${Facts} facts=${report.facts} />
          ${report.answered ? html`<${Action} action=${async () => { await keep(report.source, report.antennas, configuration, bays, reload); setReport(null); setRound(round + 1); }}>${say('readers.add')}<//>` : null}
        <//>` : null}</div>
    </details>`;
}

const nameOf = (bays, id) => bays.find(bay => bay.id === id)?.name ?? id;

const faultOf = reader => status.value?.faults.map(fault => fault.says).find(({ key, values }) => key === 'sourceDown' && values?.source === reader.id);

const Reader = ({ reader, fault, bays, tags, reload }) => html`
  <${Card} title=${reader.id}>
    <p class="muted">${reader.address ?? reader.url ?? reader.port ?? ''}<br />${[...reader.antennas ?? []].sort((one, other) => one.port - other.port).map(antenna => say('readers.antennaLooks', { port: antenna.port, bay: nameOf(bays, antenna.bay) })).join(' · ')}</p>
    <${Tags} tags=${tags} />
    <${Power} reader=${reader} fault=${fault} bays=${bays} tags=${tags} reload=${reload} />
    <${Action} className="outline" confirm=${say('readers.removeSure', { reader: reader.id })} action=${async () => { await send('DELETE', `api/setup/readers/${reader.id}`, { from: reader }); await reload(); }}>${say('readers.remove')}<//>
  <//>`;

// As high whatever is heard, so that nothing moves under a finger.
const Tags = ({ tags }) => html`<div class="live" tabindex="0" role="region" aria-label=${say('readers.heard')}>${tags.length === 0
  ? html`<p class="muted">${say('readers.hearsNothing')}</p>`
  : html`
    <table class="tags"><thead><tr><th>${say('readers.antenna')}</th><th>${say('readers.tag')}</th><th>dBm</th><th>${say('readers.perSecond')}</th></tr></thead>
      <tbody>${tags.slice(0, 6).map(tag => html`
        <tr key=${tag.antenna + tag.tag} class=${tag.now ? '' : 'muted'}><td>${tag.antenna}</td><td><code>${tag.tag.slice(-8)}</code></td><td>${tag.lastDbm ?? '–'}</td><td>${tag.now ? tag.perSecond.toFixed(1) : '–'}</td></tr>`)}
      </tbody>
    </table>`}</div>`;

// Whoever holds the tag in a bay taps that bay: the antenna that hears it best is the bay's from then on. The device keeps what was proved.
function Mapping({ readers, bays, held, tags, reload }) {
  const proved = Object.fromEntries(held.map(one => [one.bay, one]));
  const heard = tags.filter(tag => tag.now);
  const best = heard.reduce((strongest, tag) => (tag.lastDbm ?? -200) > (strongest?.lastDbm ?? -201) ? tag : strongest, null);
  const bayOf = tag => readers.find(reader => reader.id === tag?.source)?.antennas?.find(antenna => antenna.port === tag.antenna)?.bay;
  const lit = bayOf(best);
  const give = async bay => {
    if (!best) return;

    // The tag was carried on, and the antenna of the bay before still hears it, or a glove tapped beside.
    const before = bays.find(one => one.id !== bay && proved[one.id]?.port === best.antenna && proved[one.id].reader === best.source);
    if (before && !window.confirm(say('mapping.takeSure', { port: best.antenna, bay: before.name, other: nameOf(bays, bay) }))) return;
    await send('POST', `api/setup/readers/${best.source}/antennas`, { port: best.antenna, bay, from: lit ?? '' });
    if (lit !== bay) await reload();
    signalTick(true);
  };
  return html`
    <section aria-labelledby="mapping"><h2 id="mapping">${say('mapping.title')}</h2>
      <p>${say('mapping.text')}</p>
      <div class="bays-grid">
        ${bays.map(bay => {
          const here = heard.filter(tag => bayOf(tag) === bay.id).reduce((most, tag) => (tag.lastDbm ?? -200) > (most?.lastDbm ?? -201) ? tag : most, null);
          return html`<div key=${bay.id}><${Action} className=${`bay-light ${lit === bay.id ? 'lit' : 'outline'}`} action=${() => give(bay.id)} disabled=${!best} data-antenna=${here?.antenna}>
            <b>${bay.name}</b>
            <small>${here ? say('mapping.hears', { port: here.antenna, dbm: here.lastDbm == null ? '–' : Math.round(here.lastDbm) }) : say('mapping.silent')}</small>
            <small class=${proved[bay.id] ? 'proved' : ''}>${proved[bay.id] ? `✓ ${say('mapping.proved', { port: proved[bay.id].port })}` : '\u00a0'}</small>
          <//></div>`;
        })}
      </div>
    </section>`;
}
