// What was typed and not yet sent outlives a reload on the same phone; passwords do not.
import { html, useState } from '../vendor/ui.js';
import { Field } from './parts.js';

const keyOf = (part, name) => `draft/${part}/${name}`;

export const drafted = (part, name) => JSON.parse(sessionStorage.getItem(keyOf(part, name)) ?? 'null');

export const draft = (part, name, value) => sessionStorage.setItem(keyOf(part, name), JSON.stringify(value));

export const forget = part => Object.keys(sessionStorage).filter(key => key.startsWith(keyOf(part, ''))).forEach(key => sessionStorage.removeItem(key));

// The next at this phone may be somebody else.
export const forgetAll = () => Object.keys(sessionStorage).filter(key => key.startsWith('draft/')).forEach(key => sessionStorage.removeItem(key));

export function useDraft(part, name, initial) {
  const [value, setValue] = useState(drafted(part, name) ?? initial);
  return [value, next => { draft(part, name, next); setValue(next); }];
}

export const DraftField = ({ part, name, defaultValue, ...rest }) => html`
  <${Field} name=${name} defaultValue=${drafted(part, name) ?? defaultValue} onInput=${event => draft(part, name, event.target.value)} ...${rest} />`;
