// The rules need no setting: in words, and what they made of the last minutes.
import { html, useEffect, useState } from '../../vendor/ui.js';
import { get, send } from '../api.js';
import { say, sentence } from '../i18n.js';
import { Action, Card, Loading } from '../parts.js';
import { Next, Outcome } from './parts.js';

export function Rules({ step, next }) {
  const [rules, setRules] = useState(null);
  const load = async () => setRules(await get('api/setup/rules'));
  useEffect(() => { load().catch(() => {}); }, []);
  if (!rules) return html`<${Loading} />`;
  const done = async () => {
    await send('POST', 'api/setup/steps/rules');
    next();
  };
  return html`
    <p>${say('rules.text')}</p>
    <${Card}>
      <ul>
        <li>${say('rules.enter', { seconds: rules.enterSeconds })}</li>
        <li>${say('rules.leave', { seconds: rules.leaveSeconds, minutes: Math.round(rules.longestSilenceSeconds / 60) })}</li>
        <li>${say('rules.unsure')}</li>
      </ul>
    <//>
    <${Card} title=${say('rules.replay')}>
      <p role="status">${sentence(rules.replayed)}</p>
      <${Action} className="outline" action=${load}>${say('rules.again')}<//>
    <//>
    <${Outcome} step=${step} />
    <${Next} step=${step} action=${done} />`;
}
