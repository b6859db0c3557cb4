// How sure and how patient the device is: a sentence each, and what another setting would have made of what was recorded.
import { html, useEffect, useId, useRef, useState } from '../vendor/ui.js';
import { get, send } from './api.js';
import { draft, drafted, forget } from './draft.js';
import { nameOfBay } from './events.js';
import { useFaster } from './faster.js';
import { day, say, sentence } from './i18n.js';
import { Action, Card, State, Waiting } from './parts.js';
import { nameOf } from './visits.js';

const cautions = ['prompt', 'balanced', 'careful'];
const periods = [15, 60, 480, 1440];
const restMilliseconds = 400;

// In the order in which a person meets them.
const order = [
  { name: 'shortestStaySeconds' }, { name: 'arrivals', choices: cautions }, { name: 'shortestSilenceSeconds' }, { name: 'departures', choices: cautions }, { name: 'longestSilenceMinutes' },
];

const areSame = (some, others) => order.every(({ name }) => some?.[name] === others[name]);

// { rules, limits, change, save, isChanged, theirs, round }; of rules that the device has not told, { error, again }.
export function useRules() {
  const [told, setTold] = useState(null);
  const [rules, setRules] = useState(null);
  const [error, setError] = useState(null);
  const load = async () => {
    const answer = await get('api/rules');

    // What another phone has saved since outweighs what was begun here before.
    const begun = drafted('rules', 'rules');
    if (begun && !areSame(begun.from, answer.rules)) forget('rules');
    setTold(answer);
    setRules(drafted('rules', 'rules')?.rules ?? answer.rules);
  };
  const again = () => {
    setError(null);
    return load().catch(setError);
  };
  useEffect(() => { again(); }, []);
  const { guard, theirs, round } = useFaster(again);
  const save = guard(async () => {
    await send('PUT', 'api/rules', { rules, from: told.rules });
    forget('rules');
    await load();
  });
  const change = changed => {
    draft('rules', 'rules', { from: told.rules, rules: changed });
    setRules(changed);
  };
  return rules ? { rules, limits: told.limits, change, save, isChanged: !areSame(rules, told.rules), theirs, round } : { error, again };
}

export function Rules({ rules, limits, change }) {
  const usual = Object.fromEntries(order.map(({ name, choices }) => [name, choices ? 'balanced' : limits[name].usual]));
  return html`
    <${Card}>
      ${order.map(({ name, choices }) => choices
        ? html`<${Choice} key=${name} name=${name} choices=${choices} value=${rules[name]} change=${value => change({ ...rules, [name]: value })} />`
        : html`<${Slider} key=${name} name=${name} limits=${limits[name]} value=${rules[name]} change=${value => change({ ...rules, [name]: value })} />`)}
      <p class="muted">${say('rules.others')}</p>
      <button type="button" class="outline secondary" onClick=${() => change(usual)}>${say('rules.usual')}</button>
    <//>
    <${Replay} rules=${rules} />`;
}

const Slider = ({ name, limits, value, change }) => html`
  <label>${say(`rules.${name}`, { value })}
    <input type="range" name=${name} min=${limits.least} max=${limits.most} value=${value} aria-valuetext=${say(`rules.${name}`, { value })} onInput=${event => change(Number(event.target.value))} />
  </label>`;

function Choice({ name, choices, value, change }) {
  const id = useId();
  return html`<label for=${id}>${say(`rules.${name}`)}</label>
    <select id=${id} name=${name} value=${value} onChange=${event => change(event.target.value)}>${choices.map(choice => html`<option value=${choice}>${say(`rules.caution.${choice}`)}</option>`)}</select>`;
}

function Replay({ rules }) {
  const [minutes, setMinutes] = useState(periods[0]);
  const [seen, setSeen] = useState(null);
  const newest = useRef(null);

  // The device has better things to do than what nobody waits for any more.
  const giveUp = () => newest.current?.abort();
  const ask = async () => {
    giveUp();
    const asked = newest.current = new AbortController();
    setSeen(null);
    try {
      const answer = await send('POST', 'api/rules/replay', { rules, minutes }, asked.signal);
      if (asked === newest.current) setSeen(answer);
    } catch (error) {
      if (!asked.signal.aborted) setSeen({ error });
    }
  };

  // A slider passes many values on its way.
  useEffect(() => {
    const timer = setTimeout(ask, restMilliseconds);
    return () => {
      clearTimeout(timer);
      giveUp();
    };
  }, [JSON.stringify(rules), minutes]);
  return html`
    <${Card} title=${say('rules.replay')}>
      <p class="muted">${say('rules.replayText')}</p>
      <label>${say('rules.period')}<select value=${minutes} onChange=${event => setMinutes(Number(event.target.value))}>
        ${periods.map(period => html`<option value=${period}>${say(`rules.period.${period}`)}</option>`)}</select></label>
      <${Action} className="outline" action=${ask}>${say('rules.again')}<//>
      <div role="status" class="replay" data-replay=${seen?.different}>${seen && !seen.error ? html`<${Seen} seen=${seen} />` : html`<${Waiting} error=${seen?.error} />`}</div>
    <//>`;
}

const Seen = ({ seen }) => !seen.other ? html`<p>${sentence(seen.present)}</p>` : html`
  <dl class="facts"><dt>${say('rules.present')}</dt><dd>${sentence(seen.present)}</dd><dt>${say('rules.other')}</dt><dd>${sentence(seen.other)}</dd></dl>
  <p><${State} state=${seen.different ? 'warn' : 'ok'}>${say(seen.different ? 'rules.differ' : 'rules.alike', { same: seen.same, different: seen.different })}<//></p>
  <ul class="plain differences">${seen.differences.map((one, at) => html`<${Difference} key=${at} one=${one} />`)}</ul>`;

const Difference = ({ one }) => html`<li>
  <b>${nameOfBay(one.bay)}</b> ${nameOf((one.other ?? one.present).vehicle)}
  <dl class="facts"><dt>${say('rules.present')}</dt><dd>${times(one.present)}</dd><dt>${say('rules.other')}</dt><dd>${times(one.other)}</dd></dl>
</li>`;

const times = visit => !visit ? say('rules.noVisit') : say(visit.cutOff ? 'rules.cutOff' : 'rules.visit', {
  entered: day(visit.enteredAt), left: visit.leftAt ? day(visit.leftAt) : say('rules.stillThere'),
});
