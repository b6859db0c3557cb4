// A person's word for a plate that was misread.
import { html, useState } from '../vendor/ui.js';
import { send } from './api.js';
import { nameOfBay } from './events.js';
import { say } from './i18n.js';
import { Field, Form, State } from './parts.js';

// Of each bay the visit whose plate a person may correct, its present or its last one, with the time in which it was there: a plate that was
// read before belongs to somebody else.
export const correctable = status => (status?.bays ?? []).flatMap(bay => {
  const events = status.events.filter(event => event.bay === bay.id);
  const retracted = new Set(events.filter(event => event.kind === 'retracted').map(event => event.visitId));
  const id = bay.visitId ?? events.find(event => !retracted.has(event.visitId))?.visitId;
  const own = events.filter(event => event.visitId === id);
  const gone = bay.visitId ? null : own.find(event => event.occupiedSeconds != null);
  const came = own.find(event => event.kind === 'entered' || (event.kind === 'corrected' && event.occupiedSeconds == null))?.at ?? (bay.visitId ? bay.since : null);
  if (!id || (!bay.visitId && !gone)) return [];
  return [{ bay: bay.id, id, from: came ? Date.parse(came) : Date.parse(gone.at) - gone.occupiedSeconds * 1000, to: gone ? Date.parse(gone.at) : Infinity }];
});

export const isWithin = (visit, at) => Date.parse(at) >= visit.from && Date.parse(at) <= visit.to;

export function Correct({ bay, visit, text }) {
  const [told, setTold] = useState(null);
  const correct = async typed => setTold((await send('POST', 'api/plates/correct', { bay, visitId: visit, plate: typed.text })).told);
  return html`<details class="correct"><summary>${say('plates.correct')}</summary>
    <${Form} submit=${correct} label=${say('plates.save')}>
      <${Field} name="text" label=${say('plates.plate', { bay: nameOfBay(bay) })} defaultValue=${text} required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" />
    <//>
    ${told ? html`<p role="status"><${State} state="ok">${say(`plates.told.${told}`)}<//></p>` : null}
  </details>`;
}
