// How the bays stand at this moment, and what happened last.
import { html, useState } from '../vendor/ui.js';
import { status } from '../lib/events.js';
import { say, tell, time } from '../lib/i18n.js';
import { Loading, State, Title } from '../lib/parts.js';
import { SetupHint } from '../lib/setup/hint.js';
import { EventItem, nameOf } from '../lib/visits.js';
import { Why } from '../lib/why.js';

export default function Bays() {
  const [asked, setAsked] = useState(null);
  const now = status.value;
  if (!now) return html`<${Loading} />`;
  return html`
    <${Title}>${say('bays')}<//>
    <${SetupHint} />
    ${now.bays.length === 0 ? html`<p class="muted">${say('noBays')}</p>` : null}
    <div id="bays">${now.bays.map(bay => html`<${Bay} key=${bay.id} bay=${bay} ask=${() => setAsked(bay)} />`)}</div>
    <section aria-labelledby="delivery-title"><h2 id="delivery-title">${say('delivery')}</h2><${Delivery} delivery=${now.delivery} /></section>
    <section aria-labelledby="last-title">
      <h2 id="last-title">${say('events')}</h2>
      <ol id="events" class="plain">${now.events.length ? now.events.map(event => html`<${EventItem} key=${event.visitId + event.kind + event.decidedAt} event=${event} />`) : html`<li class="muted">${say('noEvents')}</li>`}</ol>
    </section>
    ${asked ? html`<${Why} bay=${asked} close=${() => setAsked(null)} />` : null}`;
}

// Tapped anywhere, it says why; the button is for those who see that, or do not see at all.
const Bay = ({ bay, ask }) => html`
  <article class=${`card bay ${bay.state}`} onClick=${ask}>
    <span class="muted">${bay.name}</span>
    <strong>${bay.state === 'occupied' ? nameOf(bay.vehicle) : say(bay.state)}</strong>
    <span class="muted">${bay.since ? say('since', { time: time(bay.since) }) : '\u00a0'}</span>
    <button type="button" class="outline">${say('whyOpen')}</button>
  </article>`;

function Delivery({ delivery: { connected, detail, reason, confirmed } }) {
  if (connected) return html`<p><${State} state="ok">${say('connected', { broker: detail, count: confirmed })}<//></p>`;
  return reason
    ? html`<p><${State} state="fail">${say('disconnected', { reason: tell(reason) })}<//></p>`
    : html`<p class="muted">${say('notConfigured')}</p>`;
}
