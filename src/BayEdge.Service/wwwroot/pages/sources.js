// Readers, cameras and contacts: whether they work, what they see at this moment, and the plates read last.
import { html } from '../vendor/ui.js';
import { status } from '../lib/events.js';
import { say, tell, time } from '../lib/i18n.js';
import { Card, Loading, Problem, State, Title } from '../lib/parts.js';
import { usePoll } from '../lib/poll.js';

export default function Sources() {
  const { value, error } = usePoll('api/sources', 1000);
  const { value: plates } = usePoll('api/plates', 2000);
  return html`
    <${Title}>${say('sources')}<//>
    <${Problem} error=${error} />
    ${value ? value.map(source => html`<${Source} key=${source.id} source=${source} />`) : html`<${Loading} />`}
    ${value?.length === 0 ? html`<p>${say('noSources')} <a href="#/settings/readers">${say('page.settings')}</a></p>` : null}
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

const Plates = ({ plates }) => plates.length === 0 ? html`<p class="muted">${say('noPlates')}</p>` : html`
  <ul class="plain">${plates.map(plate => html`<li key=${`${plate.source} ${plate.zone} ${plate.first}`} class="plate-line">
    <b class="plate">${plate.text}</b>
    <span>${nameOfBay(plate.zone)}</span>
    <span class="muted">${say('plateLine', { confidence: plate.confidence.toFixed(2), readings: plate.readings, source: plate.source, time: time(plate.last) })}</span>
  </li>`)}</ul>`;
