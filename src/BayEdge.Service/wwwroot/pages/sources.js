// Readers, cameras and contacts: whether they work, what they see at this moment, and the plates read last.
import { html, useState } from '../vendor/ui.js';
import { isInstaller, send } from '../lib/api.js';
import { status, useTopic } from '../lib/events.js';
import { say, tell, time } from '../lib/i18n.js';
import { Card, Field, Form, Loading, State, Title } from '../lib/parts.js';

export default function Sources() {
  const { sources, plates } = useTopic('sources').value ?? {};
  return html`
    <${Title}>${say('sources')}<//>
    ${sources ? sources.map(source => html`<${Source} key=${source.id} source=${source} />`) : html`<${Loading} />`}
    ${sources?.length === 0 ? html`<p>${say('noSources')} <a href="#/settings/readers">${say('page.settings')}</a></p>` : null}
    <h2>${say('lastPlates')}</h2>
    <${Plates} plates=${plates ?? []} />`;
}

const nameOfBay = id => status.value?.bays.find(bay => bay.id === id)?.name ?? id;

function Source({ source }) {
  const state = source.up ? 'ok' : source.since ? 'fail' : 'running';
  return html`<${Card} state=${state} title=${source.id}>
    <p><${State} state=${state}>${say(source.up ? 'up' : source.since ? 'down' : 'starting')}<//> <span class="muted">${say(`kind.${source.kind}`)} · ${source.driver} · ${source.bays.map(nameOfBay).join(', ')}</span></p>
    ${source.reason ? html`<p class="bad">${tell(source.reason)}</p>` : null}
    <p class="muted">${say('sightings', { count: source.sightings })}${source.ignored ? ` · ${say('ignored', { count: source.ignored })}` : ''}${source.since ? ` · ${say('since', { time: time(source.since) })}` : ''}</p>
    ${source.kind === 'reader' && source.up ? html`<${Tags} tags=${source.tags} />` : null}
  <//>`;
}

const Tags = ({ tags }) => tags.length === 0 ? html`<p class="muted">${say('noTags')}</p>` : html`
  <ul class="plain tags">${tags.slice(0, 8).map(tag => html`<li key=${`${tag.antenna} ${tag.tag}`}>
    <code>${tag.tag}</code>
    <span class="muted">${say('tagLine', { antenna: tag.antenna, rssi: tag.rssiDbm == null ? '–' : tag.rssiDbm.toFixed(0), seconds: Math.round(tag.secondsAgo) })}</span>
  </li>`)}</ul>`;

// The visit that a bay has, or its last one: no other can be corrected.
const visitOf = id => status.value?.bays.find(bay => bay.id === id)?.visitId ?? status.value?.events.find(event => event.bay === id)?.visitId;

const Plates = ({ plates }) => plates.length === 0 ? html`<p class="muted">${say('noPlates')}</p>` : html`
  <ul class="plain">${plates.map((plate, place) => html`<li key=${`${plate.source} ${plate.zone} ${plate.first}`} class="plate-line" data-plate=${plate.text}>
    <${Crop} plate=${plate} />
    <b class="plate">${plate.text}</b>
    <span>${nameOfBay(plate.zone)}</span>
    <span class="muted">${say('plateLine', { confidence: plate.confidence.toFixed(2), readings: plate.readings, source: plate.source, time: time(plate.last) })}</span>
    ${isInstaller() && visitOf(plate.zone) && plates.findIndex(one => one.zone === plate.zone) === place ? html`<${Correct} plate=${plate} visit=${visitOf(plate.zone)} />` : null}
  </li>`)}</ul>`;

// The last pictures lie in memory; an older one leaves its place empty.
function Crop({ plate }) {
  const [gone, setGone] = useState(false);
  const address = `api/plates/picture?source=${encodeURIComponent(plate.source)}&bay=${encodeURIComponent(plate.zone)}&plate=${encodeURIComponent(plate.text)}`;
  return gone ? null : html`<img class="crop" src=${address} alt=${say('plates.crop')} width="160" height="50" loading="lazy" onError=${() => setGone(true)} />`;
}

function Correct({ plate, visit }) {
  const [told, setTold] = useState(null);
  const tell = async ({ text }) => {
    await send('POST', 'api/plates/correct', { bay: plate.zone, visitId: visit, plate: text });
    setTold(visit);
  };
  return html`<details class="correct"><summary>${say('plates.correct')}</summary>
    <${Form} submit=${tell} label=${say('plates.save')}>
      <${Field} name="text" label=${say('plates.plate', { bay: nameOfBay(plate.zone) })} defaultValue=${plate.text} required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" />
    <//>
    ${told === visit ? html`<p role="status"><${State} state="ok">${say('plates.told')}<//></p>` : null}
  </details>`;
}
