// Readers, cameras or contacts: their forms come from what each driver says of its fields.
import { html, useState } from '../../vendor/ui.js';
import { SpecField, inLanguage } from '../../lib/fields.js';
import { say } from '../../lib/i18n.js';
import { freeSourceId } from '../../lib/ids.js';
import { Action, Card, Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';
import { mostOfThePicture } from '../../lib/zones.js';

export function Sources({ section, kind, now, saveDocument }) {
  const { value: drivers, ...asked } = usePoll('api/drivers');
  const [sources, setSources] = useState(now[section] ?? []);
  const [open, setOpen] = useState(-1);
  if (!drivers) return html`<${Waiting} ...${asked} />`;
  const known = drivers.filter(driver => driver.kind === kind);
  const bays = now.bays ?? [];
  const change = (index, source) => setSources(sources.map((one, at) => at === index ? source : one));
  const add = event => {
    const driver = event.target.value;
    event.target.value = '';
    if (!driver) return;
    setOpen(sources.length);
    setSources([...sources, { id: freeSourceId(now, kind, sources), driver, ...places(kind, bays) }]);
  };
  return html`
    ${sources.map((source, index) => html`<${Card} key=${index} title=${source.id}>
      ${open === index
        ? html`<${Source} source=${source} driver=${known.find(one => one.id === source.driver)} bays=${bays} kind=${kind} change=${changed => change(index, changed)} />
          <button type="button" class="outline secondary" onClick=${() => { setOpen(-1); setSources(sources.filter((_, at) => at !== index)); }}>${say('remove')}</button>`
        : html`<p class="muted">${source.driver} · ${source.address ?? source.url ?? source.port ?? ''}</p><button type="button" class="outline" onClick=${() => setOpen(index)}>${say('edit')}</button>`}
    <//>`)}
    <label>${say(`add.${kind}`)}<select onChange=${add}><option value="">–</option>${known.map(driver => html`<option value=${driver.id}>${inLanguage(driver.name)}</option>`)}</select></label>
    <${Action} action=${() => saveDocument({ ...now, [section]: sources }, say(`settings.${section}`))} done=${say('saved')}>${say('save')}<//>`;
}

const places = (kind, bays) => kind === 'reader' ? { antennas: bays.slice(0, 1).map(bay => ({ port: 1, bay: bay.id })) }
  : kind === 'camera' ? { zones: bays.slice(0, 1).map(bay => ({ bay: bay.id, polygon: mostOfThePicture })) } : { bay: bays[0]?.id };

function Source({ source, driver, bays, kind, change }) {
  const set = changed => change(Object.fromEntries(Object.entries({ ...source, ...changed }).filter(([, value]) => value !== undefined)));

  // A secret that was there and is emptied is to be forgotten, which only an empty text says.
  const setField = spec => value => set({ [spec.key]: value === undefined && spec.secret && source[spec.key] ? '' : value });
  return html`
    <label>${say('sourceId')}<input value=${source.id} spellcheck="false" autocapitalize="off" onChange=${event => set({ id: event.target.value })} /></label>
    ${driver ? driver.fields.map(spec => html`<${SpecField} key=${spec.key} spec=${spec} values=${source} change=${setField(spec)} />`) : html`<p>${say('unknownDriver', { driver: source.driver })}</p>`}
    ${kind === 'reader' ? html`<${Antennas} antennas=${source.antennas ?? []} bays=${bays} change=${antennas => set({ antennas })} />` : null}
    ${kind === 'camera' ? html`<${Zones} zones=${source.zones ?? []} bays=${bays} change=${zones => set({ zones })} />` : null}
    ${kind === 'presence' ? html`<${BayChoice} label=${say('looksAt')} bay=${source.bay} bays=${bays} change=${bay => set({ bay })} />` : null}`;
}

const BayChoice = ({ label, bay, bays, change }) => html`
  <label>${label}<select value=${bay} onChange=${event => change(event.target.value)}>${bays.map(one => html`<option value=${one.id}>${one.name ?? one.id}</option>`)}</select></label>`;

const Antennas = ({ antennas, bays, change }) => html`<fieldset><legend>${say('antennas')}</legend>
  ${antennas.map((antenna, index) => html`<div class="row" key=${index}>
    <label class="narrow">${say('port')}<input type="number" min="1" max="64" value=${antenna.port} onChange=${event => change(antennas.map((one, at) => at === index ? { ...one, port: Number(event.target.value) } : one))} /></label>
    <${BayChoice} label=${say('looksAt')} bay=${antenna.bay} bays=${bays} change=${bay => change(antennas.map((one, at) => at === index ? { ...one, bay } : one))} />
    <button type="button" class="outline secondary" onClick=${() => change(antennas.filter((_, at) => at !== index))}>${say('remove')}</button>
  </div>`)}
  <button type="button" class="outline" onClick=${() => change([...antennas, { port: Math.max(0, ...antennas.map(one => one.port)) + 1, bay: bays[0]?.id }])}>${say('addAntenna')}</button>
</fieldset>`;

const Zones = ({ zones, bays, change }) => html`<fieldset><legend>${say('zones')}</legend>
  ${zones.map((zone, index) => html`<div key=${index}>
    <${BayChoice} label=${say('looksAt')} bay=${zone.bay} bays=${bays} change=${bay => change(zones.map((one, at) => at === index ? { ...one, bay } : one))} />
    <p class="muted">${say('corners', { corners: (zone.polygon ?? []).map(([x, y]) => `${Math.round(x * 100)}/${Math.round(y * 100)}`).join('  ') })}</p>
    <button type="button" class="outline secondary" onClick=${() => change(zones.filter((_, at) => at !== index))}>${say('remove')}</button>
  </div>`)}
  <button type="button" class="outline" onClick=${() => change([...zones, { bay: bays[0]?.id, polygon: mostOfThePicture }])}>${say('addZone')}</button>
</fieldset>`;
