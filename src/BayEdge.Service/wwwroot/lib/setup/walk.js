// The walk test: a vehicle drives in and out, and the list ticks itself. Every phone that watches sees the same.
import { html, useEffect, useRef, useState } from '../../vendor/ui.js';
import { send } from '../api.js';
import { DraftField } from '../draft.js';
import { say } from '../i18n.js';
import { Action, Card, Form, State } from '../parts.js';
import { Checks, Next, Outcome, signalTick, stateOf } from './parts.js';

export function Walk({ now, step, next }) {
  const { walk, walks, bays } = now;
  const isRunning = walk && !walk.ended;
  const open = bays.find(bay => !walks.some(done => done.bay === bay.id && done.isVerified)) ?? bays[0];
  const [chosen, setChosen] = useState(null);
  const bay = chosen ?? open?.id;
  const nameOf = id => bays.find(one => one.id === id)?.name ?? id;
  useTicks(walk);
  const begin = ({ plate, tag, cut }) => send('POST', 'api/setup/walk', { bay, plate, tag, cut: cut === 'on' });
  return html`
    ${isRunning ? null : html`
      <p>${say('walk.text')}</p>
      <${Form} submit=${begin} label=${say('walk.begin', { bay: nameOf(bay) })}>
        <fieldset class="choice"><legend>${say('walk.which')}</legend>
          ${bays.map(one => html`
            <label class="big" key=${one.id}><input type="radio" name="bay" value=${one.id} checked=${one.id === bay} onChange=${() => setChosen(one.id)} />${one.name} <${Verdict} walks=${walks} bay=${one.id} /></label>`)}
        </fieldset>
        <${DraftField} part="walkTest" name="plate" label=${say('walk.plate')} autocapitalize="characters" autocomplete="off" maxlength="16" />
        <${DraftField} part="walkTest" name="tag" label=${say('walk.tag')} help=${say('walk.identityHelp')} autocapitalize="characters" autocomplete="off" spellcheck="false" pattern="[0-9A-Fa-f]*" maxlength="64" />
        <label class="big"><input type="checkbox" role="switch" name="cut" />${say('walk.cut')}</label>
      <//>`}
    ${walk ? html`
      <${Card} title=${nameOf(walk.bay)} state=${walk.ended ? stateOf(walks.find(done => done.bay === walk.bay)?.state) : 'running'} data-walk=${walk.ended ? 'ended' : 'running'}>
        <${Checks} checks=${walk.items} />
        ${isRunning ? html`
          <${Action} action=${() => send('POST', 'api/setup/walk/drives-off')} disabled=${walk.drivesOff || walk.items[0].state !== 'ok' && walk.items[0].state !== 'warning'}>${say('walk.drivesOff')}<//>
          <${Action} className="outline" action=${() => send('POST', 'api/setup/walk/stop')}>${say('walk.stop')}<//>` : null}
      <//>` : null}
    <${Checks} checks=${isRunning ? [] : step.checks} />
    <${Outcome} step=${step} />
    ${isRunning ? null : html`<${Next} step=${step} action=${next} />`}`;
}

function Verdict({ walks, bay }) {
  const done = walks.find(walk => walk.bay === bay);
  return done ? html`<${State} state=${stateOf(done.state)}>${say(`state.${stateOf(done.state)}`)}<//>` : null;
}

// A tick that comes is felt and heard, whatever the eyes look at.
function useTicks(walk) {
  const before = useRef(null);
  useEffect(() => {
    const states = walk ? Object.fromEntries(walk.items.map(item => [item.id, item.state])) : {};
    const decided = Object.entries(states).filter(([id, state]) => before.current && before.current[id] !== state && (state === 'ok' || state === 'failed'));
    if (decided.length) signalTick(decided.every(([, state]) => state === 'ok'));
    before.current = states;
  }, [JSON.stringify(walk?.items.map(item => item.state))]);
}
