// Readers, cameras and contacts: whether they work, what they see at this moment, and the plates read last.
import { html, useState } from '../vendor/ui.js';
import { isInstaller } from '../lib/api.js';
import { Correct, correctable, isWithin } from '../lib/corrections.js';
import { nameOfBay, status, useTopic } from '../lib/events.js';
import { say, tell, time } from '../lib/i18n.js';
import { mergePlates, mergeSources, tagsOf, useSeconds } from '../lib/live.js';
import { Card, Loading, State, Title } from '../lib/parts.js';
import { Reader, useAbilities } from '../lib/reader.js';

export default function Sources() {
  const live = useTopic('sources', mergeSources).value;
  const plates = useTopic('plates', mergePlates).value;
  useSeconds();
  const sources = live && Object.values(live.sources);
  const abilities = useAbilities(sources);
  if (!sources || !abilities || !plates) return html`<${Title}>${say('sources')}<//><${Loading} />`;
  return html`
    <${Title}>${say('sources')}<//>
    ${sources.map(source => html`<${Source} key=${source.id} source=${{ ...source, ...live.counts[source.id] }} tags=${tagsOf(live, source.id)} can=${abilities[source.id] ?? []} />`)}
    ${sources.length === 0 ? html`<p>${say('noSources')} <a href="#/settings/readers">${say('page.settings')}</a></p>` : null}
    <h2>${say('lastPlates')}</h2>
    <${Plates} plates=${plates} />`;
}

function Source({ source, tags, can }) {
  const state = source.up ? 'ok' : source.since ? 'fail' : 'running';
  return html`<${Card} state=${state} title=${source.id}>
    <p><${State} state=${state}>${say(source.up ? 'up' : source.since ? 'down' : 'starting')}<//> <span class="muted">${say(`kind.${source.kind}`)} · ${source.driver} · ${source.bays.map(nameOfBay).join(', ')}</span></p>
    ${source.reason ? html`<p class="bad">${tell(source.reason)}</p>` : null}
    <p class="muted">${say('sightings', { count: source.sightings })}${source.ignored ? ` · ${say('ignored', { count: source.ignored })}` : ''}${source.since ? ` · ${say('since', { time: time(source.since) })}` : ''}</p>
    ${source.kind === 'reader' && source.up ? html`<${Tags} tags=${tags} />` : null}
    ${can.length ? html`<${Reader} id=${source.id} can=${can} tags=${tags} />` : null}
  <//>`;
}

const Tags = ({ tags }) => tags.length === 0 ? html`<p class="muted">${say('noTags')}</p>` : html`
  <ul class="plain tags">${tags.map(tag => html`<li key=${`${tag.antenna} ${tag.tag}`}>
    <code>${tag.tag}</code>
    <span class="muted">${say('tagLine', { antenna: tag.antenna, rssi: tag.dbm ?? '–', seconds: tag.seconds })}</span>
  </li>`)}</ul>`;

// A person types beside the newest plate of a visit: its line stays where it is, whatever is read meanwhile.
function Plates({ plates }) {
  if (plates.length === 0) return html`<p class="muted">${say('noPlates')}</p>`;
  const open = isInstaller()
    ? correctable(status.value).map(visit => ({ visit, plate: plates.find(plate => plate.zone === visit.bay && isWithin(visit, plate.last)) })).filter(({ plate }) => plate)
    : [];
  return html`<ul class="plain">
    ${open.map(({ visit, plate }) => html`<${Line} key=${`${visit.bay} ${visit.id}`} plate=${plate}><${Correct} bay=${visit.bay} visit=${visit.id} text=${plate.text} /><//>`)}
    ${plates.filter(plate => !open.some(one => one.plate === plate)).map(plate => html`<${Line} key=${`${plate.source} ${plate.zone} ${plate.first}`} plate=${plate} />`)}
  </ul>`;
}

const Line = ({ plate, children }) => html`<li class="plate-line" data-plate=${plate.text}>
  <${Crop} key=${`${plate.source} ${plate.text}`} plate=${plate} />
  <b class="plate">${plate.text}</b>
  <span>${nameOfBay(plate.zone)}</span>
  <span class="muted">${say('plateLine', { confidence: plate.confidence.toFixed(2), readings: plate.readings, source: plate.source, time: time(plate.last) })}</span>
  ${children}
</li>`;

// The last pictures lie in memory; an older one leaves its place empty.
function Crop({ plate }) {
  const [gone, setGone] = useState(false);
  const address = `api/plates/picture?source=${encodeURIComponent(plate.source)}&bay=${encodeURIComponent(plate.zone)}&plate=${encodeURIComponent(plate.text)}`;
  return gone ? null : html`<img class="crop" src=${address} alt=${say('plates.crop')} width="160" height="50" loading="lazy" onError=${() => setGone(true)} />`;
}
