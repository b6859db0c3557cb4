import { html } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { Action, Loading } from '../../lib/parts.js';
import { Rules as RulesForm, useRules } from '../../lib/rules.js';

export function Rules() {
  const rules = useRules();
  if (!rules) return html`<${Loading} />`;
  return html`
    <p>${say('rules.text')}</p>
    <${RulesForm} ...${rules} />
    <${Action} action=${rules.save} done=${say('saved')}>${say('save')}<//>`;
}
