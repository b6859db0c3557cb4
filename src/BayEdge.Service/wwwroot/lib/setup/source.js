// A reader or camera that is not kept yet, asked for as its driver describes it: a new driver needs nothing here.
import { html, useState } from '../../vendor/ui.js';
import { useDraft } from '../draft.js';
import { SpecField, inLanguage } from '../fields.js';
import { say } from '../i18n.js';
import { Form } from '../parts.js';

// What is wrong in a closed part could not be shown.
const open = event => { event.currentTarget.open = true; };

// drivers: of its kind; usual: the id of the one that is chosen at first; submit: gets { driver, ...settings }.
export function SourceForm({ part, drivers, usual, submit, label }) {
  const [chosen, choose] = useDraft(part, 'driver', usual);
  const [typed, setTyped] = useDraft(part, 'typed', {});
  const [secrets, setSecrets] = useState({});
  const driver = drivers.find(one => one.id === chosen) ?? drivers[0];
  const values = { ...typed, ...secrets };
  const change = spec => value => spec.secret ? setSecrets({ ...secrets, [spec.key]: value }) : setTyped({ ...typed, [spec.key]: value });

  // Nothing works without what is required, nor without what is secret; what follows them has defaults.
  const needed = driver.fields.findLastIndex(spec => spec.required || spec.secret) + 1;
  const fields = specs => specs.map(spec => html`<${SpecField} key=${`${driver.id} ${spec.key}`} spec=${spec} values=${values} change=${change(spec)} />`);
  const send = () => submit({ driver: driver.id, ...Object.fromEntries(driver.fields.map(({ key }) => [key, values[key]]).filter(([, value]) => value !== undefined)) });
  return html`
    <${Form} submit=${send} label=${label}>
      <label>${say('source.driver')}<select name="driver" value=${driver.id} onChange=${event => choose(event.target.value)}>
        ${drivers.map(one => html`<option key=${one.id} value=${one.id}>${inLanguage(one.name)}</option>`)}</select></label>
      ${fields(driver.fields.slice(0, needed))}
      ${needed < driver.fields.length ? html`<details onInvalidCapture=${open}><summary>${say('source.more')}</summary>${fields(driver.fields.slice(needed))}</details>` : null}
    <//>`;
}
