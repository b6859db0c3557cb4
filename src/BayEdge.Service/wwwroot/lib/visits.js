// How vehicles, events and their evidence are told.
import { html, useState } from '../vendor/ui.js';
import { nameOfBay } from './events.js';
import { duration, moment, say, tell } from './i18n.js';

export const nameOf = vehicle =>
  [vehicle?.plate, vehicle?.ref, ...(vehicle?.plate ? [] : vehicle?.tags ?? [])].filter(Boolean).join(' · ') || say('unidentified');

export const nats = value => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

export const EventItem = ({ event }) => html`
  <li><details>
    <summary>
      <span class="muted">${moment(event.at)}</span><b>${nameOfBay(event.bay)}</b><span>${say(event.kind)}</span><span>${nameOf(event.vehicle)}</span>
      ${event.occupiedSeconds == null ? null : html`<span class="muted">${say('stayed', { duration: duration(event.occupiedSeconds) })}</span>`}
    </summary>
    <p class="muted">${say('decidedAfter', { seconds: ((Date.parse(event.decidedAt) - Date.parse(event.at)) / 1000).toFixed(1) })}</p>
    ${event.provisional ? html`<p class="muted">${say('provisional')}</p>` : null}
    ${event.reason ? html`<p>${tell(event.reason)}</p>` : null}
    <${EvidenceList} evidence=${event.evidence} />
    ${event.runnerUp ? html`<p class="muted">${say('runnerUp', { what: tell(event.runnerUp) })}</p>` : null}
    ${event.wouldChange ? html`<p class="muted">${say('wouldChange', { what: tell(event.wouldChange) })}</p>` : null}
  </details></li>`;

// As wide as the weightiest evidence that there is.
const mostNats = 10;

export const EvidenceList = ({ evidence }) => html`
  <ul class="evidence plain">${evidence.map(item => html`<li>
    <span class="weight">${item.weight == null ? '' : nats(item.weight)}</span>
    <span class=${`bar-of ${item.weight < 0 ? 'against' : 'for'}`} aria-hidden="true" style=${{ '--share': item.weight == null ? 0 : Math.min(1, Math.abs(item.weight) / mostNats) }}></span>
    <span>${item.source}: ${tell({ key: item.says, values: item.values, text: item.detail })}</span>
    ${item.pictures?.length ? html`<span class="pictures">${item.pictures.map(id => html`<${Picture} key=${id} id=${id} />`)}</span>` : null}
  </li>`)}</ul>`;

// One that was deleted meanwhile leaves a word in its place.
function Picture({ id }) {
  const [gone, setGone] = useState(false);
  const address = `api/pictures/${encodeURIComponent(id)}`;
  if (gone) return html`<span class="muted">${say('pictureGone')}</span>`;
  return html`<a href=${address} target="_blank"><img src=${address} alt=${say(id.endsWith('-plate') ? 'pictureOfPlate' : 'pictureOfBay')}
    width="160" height="90" loading="lazy" onError=${() => setGone(true)} /></a>`;
}
