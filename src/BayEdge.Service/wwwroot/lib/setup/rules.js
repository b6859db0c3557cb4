// The rules as a step: whoever changes nothing goes on with what the device decides by itself.
import { html } from '../../vendor/ui.js';
import { send } from '../api.js';
import { say } from '../i18n.js';
import { Waiting } from '../parts.js';
import { Rules as RulesForm, useRules } from '../rules.js';
import { Next, Outcome } from './parts.js';

export function Rules({ step, next }) {
  const rules = useRules();
  if (!rules.rules) return html`<${Waiting} ...${rules} />`;
  const done = async () => {
    if (rules.isChanged) await rules.save();
    await send('POST', 'api/setup/steps/rules');
    next();
  };
  return html`
    <p>${say('rules.text')}</p>
    <${RulesForm} ...${rules} />
    ${rules.theirs}
    <${Outcome} step=${step} />
    <${Next} key=${rules.round} step=${step} action=${done} />`;
}
