import { html, useState } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { bayId, freeNumber } from '../../lib/ids.js';
import { Action, Card } from '../../lib/parts.js';

export function Bays({ now, saveDocument }) {
  const [bays, setBays] = useState(now.bays ?? []);
  const change = (index, changed) => setBays(bays.map((bay, at) => at === index ? { ...bay, ...changed } : bay));
  const next = () => {
    const number = freeNumber(bayId, bays, bays.length + 1);
    return { id: bayId(number), name: say('bayNumber', { number }) };
  };
  return html`
    ${bays.map((bay, index) => html`<${Card} key=${index}>
      <label>${say('bayName')}<input value=${bay.name ?? ''} onChange=${event => change(index, { name: event.target.value })} /></label>
      <label>${say('bayId')}<input value=${bay.id} spellcheck="false" onChange=${event => change(index, { id: event.target.value })} /></label>
      <button type="button" class="outline secondary" onClick=${() => setBays(bays.filter((_, at) => at !== index))}>${say('remove')}</button>
    <//>`)}
    <button type="button" class="outline" onClick=${() => setBays([...bays, next()])}>${say('addBay')}</button>
    <${Action} action=${() => saveDocument({ ...now, bays }, say('settings.bays'))} done=${say('saved')}>${say('save')}<//>`;
}
