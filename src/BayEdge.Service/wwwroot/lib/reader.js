// What a reader can do besides reporting tags, in the words of its driver: a new one needs nothing here.
import { html, useEffect, useState } from '../vendor/ui.js';
import { get, isInstaller, send } from './api.js';
import { say, tell } from './i18n.js';
import { Action, Field, Form, Loading, Problem } from './parts.js';

// By the id of each reader what it can do, for whoever may have it done; null while that is on the way. Some show it only once they run.
export function useAbilities(sources) {
  const [abilities, setAbilities] = useState(isInstaller() ? null : {});
  const running = sources?.filter(source => source.kind === 'reader' && source.up).map(source => source.id).join(' ');
  useEffect(() => {
    if (isInstaller()) get('api/readers').then(readers => setAbilities(Object.fromEntries(readers.map(({ id, can }) => [id, can]))), () => setAbilities(before => before ?? {}));
  }, [running]);
  return abilities;
}

// can: of useAbilities; tags: what it hears now.
export function Reader({ id, can, tags }) {
  const [open, setOpen] = useState(false);
  const [view, setView] = useState(null);
  const [error, setError] = useState(null);
  const path = `api/readers/${encodeURIComponent(id)}`;
  const look = async () => {
    try {
      setView(await get(path));
      setError(null);
    } catch (refused) {
      setError(refused);
    }
  };
  // To be asked, some readers stop reading for a moment: nobody asks before somebody wants to know.
  const toggle = event => {
    setOpen(event.target.open);
    if (event.target.open) look();
  };
  const switchOutput = async (port, on) => setView({ ...view, outputs: { value: await send('POST', `${path}/outputs/${port}`, { on }) } });
  return html`<details class="reader" onToggle=${toggle}><summary>${say('reader.more')}</summary>
    ${open ? html`<div>
      <${Problem} error=${error} />
      ${view ? html`<${Faults} view=${view} /><${Facts} view=${view} /><${Outputs} outputs=${view.outputs?.value ?? []} change=${switchOutput} />` : error ? null : html`<${Loading} />`}
      ${view || error ? html`<${Action} className="outline" action=${look}>${say('reader.again')}<//>` : null}
      ${(view || error) && can.includes('memory') ? html`<${Memory} path=${path} tags=${tags} />` : null}
    </div>` : null}
  </details>`;
}

// A reader that is away says so to every question; once is enough.
const Faults = ({ view }) => [...new Set([view.power, view.region, view.antennas, view.inputs, view.outputs].filter(part => part?.says).map(part => tell(part.says)))]
  .map(says => html`<p key=${says} class="bad">${says}</p>`);

function Facts({ view }) {
  const facts = [
    ['region', view.region?.value?.description],
    ['power', view.power?.value && `${view.power.value.nowDbm} dBm`],
    ['antennas', view.antennas?.value?.map(port => say(`reader.antenna.${port.connected ?? 'unfelt'}`, port)).join(', ')],
    ['inputs', view.inputs?.value?.map(input => say('reader.level', { port: input.port, state: level(input.on) })).join(', ')],
  ].filter(([, value]) => value);
  return facts.length ? html`<dl class="facts">${facts.map(([name, value]) => html`<dt key=${name}>${say(`reader.${name}`)}</dt><dd key=${`${name} value`}>${value}</dd>`)}</dl>` : null;
}

const level = on => say(`reader.level.${on ?? 'unknown'}`);

const Outputs = ({ outputs, change }) => outputs.map(({ port, on }) => html`
  <div class="row output" key=${port}>
    <span aria-live="polite">${say('reader.output', { port })}: <b>${level(on)}</b></span>
    ${[true, false].map(wanted => html`<${Action} key=${wanted} className=${on === wanted ? '' : 'outline'} aria-label=${`${say('reader.output', { port })}: ${level(wanted)}`} aria-pressed=${on === wanted} action=${() => change(port, wanted)}>${level(wanted)}<//>`)}
  </div>`);

function Memory({ path, tags }) {
  const [chosen, setChosen] = useState('');
  const [hex, setHex] = useState('');
  const read = async ({ tag, bank, firstWord, words }) => {
    setHex('');
    setHex((await send('POST', `${path}/memory`, { tag, bank, firstWord: Number(firstWord), words: Number(words) })).hex);
  };
  // The chosen tag stays when it is not heard for a moment.
  const heard = [...new Set([chosen, ...tags.map(tag => tag.tag)].filter(Boolean))];
  return html`<h3>${say('reader.memory')}</h3>
    ${heard.length === 0 ? html`<p class="muted">${say('noTags')}</p>` : html`<${Form} submit=${read} label=${say('reader.read')}>
      <label>${say('reader.tag')}<select name="tag" value=${chosen || heard[0]} onChange=${event => setChosen(event.target.value)}>${heard.map(tag => html`<option key=${tag} value=${tag}>${tag}</option>`)}</select></label>
      <label>${say('reader.bank')}<select name="bank">${['tid', 'user', 'epc'].map(bank => html`<option key=${bank} value=${bank}>${say(`reader.bank.${bank}`)}</option>`)}</select></label>
      <div class="row">
        <div><${Field} name="firstWord" label=${say('reader.firstWord')} type="number" inputmode="numeric" min="0" max="65535" defaultValue="0" required /></div>
        <div><${Field} name="words" label=${say('reader.words')} type="number" inputmode="numeric" min="1" max="32" defaultValue="6" required /></div>
      </div>
    <//>`}
    <p class="words" role="status">${hex ? html`<code>${hex}</code>` : null}</p>`;
}
