// A form's field from a driver's description of it: a new driver needs nothing here.
import { html, useId } from '../vendor/ui.js';
import { language, say } from './i18n.js';

export const inLanguage = text => language.value === 'en' ? text.english : text.chinese;

const numeric = type => type === 'integer' || type === 'number';

// values: the device's settings as in the configuration, undefined where one is not set; change: gets this one likewise.
export function SpecField({ spec, values, change }) {
  const id = useId();
  const value = values[spec.key];
  const isNeeded = spec.required && spec.default == null && !values[spec.requiredUnless];
  const label = `${inLanguage(spec.label)}${spec.unit ? ` (${spec.unit})` : ''}${isNeeded ? ' *' : ''}`;
  const help = html`<small id=${`${id}-help`}>${inLanguage(spec.help)}</small>`;
  const described = { id, name: spec.key, 'aria-describedby': `${id}-help` };
  if (spec.type === 'boolean') {
    return html`<label class="big"><input type="checkbox" role="switch" ...${described} checked=${value ?? spec.default === 'true'} onChange=${event => change(event.target.checked)} />${label}</label>${help}`;
  }
  if (spec.type === 'choice') {
    return html`<label for=${id}>${label}</label><select ...${described} value=${value ?? ''} onChange=${event => change(event.target.value || undefined)}>
      <option value="">${spec.default ?? '–'}</option>
      ${spec.choices.filter(choice => choice !== spec.default).map(choice => html`<option value=${choice}>${choice}</option>`)}
    </select>${help}`;
  }
  const typed = event => {
    const text = event.target.value;
    change(text === '' ? undefined : numeric(spec.type) && !Number.isNaN(Number(text)) ? Number(text) : text);
  };

  // A number that is half typed is another number.
  const listen = numeric(spec.type) ? { onChange: typed } : { onInput: typed };
  return html`<label for=${id}>${label}</label><input ...${described}
    type=${spec.secret ? 'password' : numeric(spec.type) ? 'number' : 'text'} autocomplete=${spec.secret ? 'new-password' : 'off'}
    inputmode=${numeric(spec.type) ? 'decimal' : spec.type === 'location' || spec.type === 'hostAndPort' ? 'url' : null}
    step=${spec.type === 'integer' ? 1 : 'any'} min=${spec.minimum} max=${spec.maximum} value=${value ?? ''}
    placeholder=${spec.default ?? (spec.secret ? say('secretEmpty') : '')} spellcheck="false" autocapitalize="off"
    required=${isNeeded} ...${listen} />${help}`;
}
