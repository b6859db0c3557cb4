import { html, useState } from '../../vendor/ui.js';
import { say } from '../../lib/i18n.js';
import { Action } from '../../lib/parts.js';

export function Text({ text: before, saveText }) {
  const [text, setText] = useState(before);
  return html`<p class="muted">${say('textHelp')}</p>
    <label>${say('settings.text')}<textarea class="text" rows="18" spellcheck="false" autocapitalize="off" value=${text} onInput=${event => setText(event.target.value)}></textarea></label>
    <${Action} action=${() => saveText(text, say('settings.text'))} done=${say('saved')}>${say('save')}<//>`;
}
