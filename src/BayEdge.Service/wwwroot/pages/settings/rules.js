import { html } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { Action, Waiting } from '../../lib/parts.js';
import { Rules as RulesForm, useRules } from '../../lib/rules.js';

export function Rules() {
  const rules = useRules();
  if (!rules.rules) return html`<${Waiting} ...${rules} />`;
  return html`
    <p>${say('rules.text')}</p>
    <${RulesForm} ...${rules} />
    <${Action} key=${rules.round} action=${rules.save} done=${say('saved')}>${say('save')}<//>
    ${rules.theirs}`;
}
