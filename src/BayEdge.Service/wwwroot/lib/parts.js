// What every page is made of.
import { html, useId, useState } from '../vendor/ui.js';
import { place, say, tell } from './i18n.js';

// A heading that can be focused, so that a screen reader begins there.
export const Title = ({ children }) => html`<h1 tabindex="-1">${children}</h1>`;

export const Card = ({ state, title, children, ...rest }) => html`
  <article class=${`card ${state ?? ''}`} ...${rest}>${title ? html`<h2>${title}</h2>` : null}${children}</article>`;

// state: unknown, running, ok, warn or fail. Says it in words, too: colours alone do not reach everybody.
export const State = ({ state, children }) => html`<span class=${`state ${state}`}><span aria-hidden="true">${icons[state]}</span> ${children}</span>`;
const icons = { unknown: '○', running: '◌', ok: '✓', warn: '!', fail: '✕' };

// What the device refused, with each problem at its place. again: asks once more, where nothing does so by itself.
export const Problem = ({ error, again }) => error ? html`
  <div class="problem" role="alert">
    <p>${tell(error.says) || error.message}</p>
    ${error.problems?.length ? html`<ul>${error.problems.map(problem => html`<li><code>${place(problem.where)}</code> ${tell(problem.says)}</li>`)}</ul>` : null}
  </div>
  ${again ? html`<button type="button" class="outline" onClick=${again}>${say('again')}</button>` : null}` : null;

// A button whose action may take a while and may fail: shows both. action: async function; done: said when it has worked.
export function Action({ action, children, done, confirm, className, ...rest }) {
  const [state, setState] = useState({});
  const run = async () => {
    if (confirm && !window.confirm(confirm)) return;
    setState({ busy: true });
    try {
      await action();
      setState({ done: true });
    } catch (error) {
      setState({ error });
    }
  };
  return html`
    <button type="button" class=${className ?? ''} onClick=${run} aria-busy=${state.busy ? 'true' : null} disabled=${state.busy} ...${rest}>${children}</button>
    <${Problem} error=${state.error} />
    ${state.done && done ? html`<p role="status"><${State} state="ok">${done}<//></p>` : null}`;
}

// A form that sends once, and says what was refused.
export function Form({ submit, label, children }) {
  const [state, setState] = useState({});
  const run = async event => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await submit(Object.fromEntries(new FormData(event.target)));
      setState({});
    } catch (error) {
      setState({ error });
    }
  };
  return html`<form onSubmit=${run}>${children}<${Problem} error=${state.error} /><button type="submit" aria-busy=${state.busy ? 'true' : null} disabled=${state.busy}>${label}</button></form>`;
}

export function Field({ label, help, name, ...rest }) {
  const id = useId();
  return html`<label for=${id}>${label}</label><input id=${id} name=${name} aria-describedby=${help ? `${id}-help` : null} ...${rest} />${help ? html`<small id=${`${id}-help`}>${help}</small>` : null}`;
}

// In place of what was asked for and is not there: on its way, or refused.
export const Waiting = ({ error, again }) => error ? html`<${Problem} error=${error} again=${again} />` : html`<${Loading} />`;

export const Loading = () => html`<p aria-busy="true">${say('loading')}</p>`;
