// How many bays there are, and what they are called.
import { html } from '../../vendor/ui.js';
import { send } from '../api.js';
import { draft, drafted, forget, useDraft } from '../draft.js';
import { useFaster } from '../faster.js';
import { say } from '../i18n.js';
import { bayId, freeNumber } from '../ids.js';
import { Form } from '../parts.js';
import { Outcome } from './parts.js';

const most = 16;

export function Bays({ now, step, next }) {
  const [begun, setBegun] = useDraft('bays', 'bays', null);
  const bays = begun ?? (now.bays.length ? now.bays : [{ id: bayId(1), name: say('bays.name', { number: 1 }) }]);
  const setBays = changed => {
    if (!begun) draft('bays', 'seen', now.bays);
    setBegun(changed);
  };
  const { guard, theirs, round } = useFaster(() => {
    setBegun(null);
    forget('bays');
  });
  const add = () => {
    const number = freeNumber(bayId, bays, bays.length + 1);
    setBays([...bays, { id: bayId(number), name: say('bays.name', { number }) }]);
  };
  const rename = (place, name) => setBays(bays.map((bay, other) => other === place ? { ...bay, name } : bay));
  const save = guard(async () => {
    await send('POST', 'api/setup/bays', { bays, from: drafted('bays', 'seen') ?? now.bays });
    next();
  });
  return html`
    <p>${say('bays.text')}</p>
    <div class="row counter" role="group" aria-label=${say('bays.count')}>
      <button type="button" class="outline" onClick=${() => setBays(bays.slice(0, -1))} disabled=${bays.length <= 1} aria-label=${say('bays.fewer')}>−</button>
      <output aria-live="polite">${bays.length}</output>
      <button type="button" class="outline" onClick=${add} disabled=${bays.length >= most} aria-label=${say('bays.more')}>+</button>
    </div>
    <${Form} key=${round} submit=${save} label=${say('bays.save')}>
      ${bays.map((bay, place) => html`
        <label key=${bay.id}>${say('bays.label', { number: place + 1 })}
          <input value=${bay.name} required maxlength="64" onInput=${event => rename(place, event.target.value)} />
        </label>`)}
    <//>
    ${theirs}
    <${Outcome} step=${step} />`;
}
