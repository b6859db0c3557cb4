// What was decided last, with its evidence; as far back as the service runs.
import { html, useEffect, useState } from '../vendor/ui.js';
import { status } from '../lib/events.js';
import { say } from '../lib/i18n.js';
import { Problem, Title, Waiting } from '../lib/parts.js';
import { usePoll } from '../lib/poll.js';
import { EventItem } from '../lib/visits.js';

export default function Events() {
  const { value, error, again } = usePoll('api/visits/recent');
  const [bay, setBay] = useState('');

  // Asked for again when something new was decided.
  const newest = status.value?.events[0]?.decidedAt;
  useEffect(() => { if (newest) again(); }, [newest]);

  const shown = value?.filter(event => !bay || event.bay === bay);
  return html`
    <${Title}>${say('events')}<//>
    ${value ? html`<${Problem} error=${error} again=${again} />` : null}
    <label>${say('ofBay')}<select value=${bay} onChange=${event => setBay(event.target.value)}>
      <option value="">${say('allBays')}</option>
      ${(status.value?.bays ?? []).map(one => html`<option value=${one.id}>${one.name}</option>`)}
    </select></label>
    ${shown ? html`<ol class="plain">${shown.length
      ? shown.map(event => html`<${EventItem} key=${event.visitId + event.kind + event.decidedAt} event=${event} />`)
      : html`<li class="muted">${say('noEvents')}</li>`}</ol>` : html`<${Waiting} error=${error} again=${again} />`}
    <p class="muted">${say('eventsSinceStart')}</p>`;
}
