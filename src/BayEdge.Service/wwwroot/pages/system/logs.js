import { html, useState } from '../../vendor/ui.js';
import { day, say } from '../../lib/i18n.js';
import { Problem, Waiting } from '../../lib/parts.js';
import { usePoll } from '../../lib/poll.js';

const levels = { INF: 'info', WRN: 'warning', ERR: 'error', FTL: 'error' };

export function Logs() {
  const [level, setLevel] = useState('');
  const [text, setText] = useState('');
  const { value, error } = usePoll(`api/logs?level=${level}&text=${encodeURIComponent(text)}`, 5000);
  return html`
    <div class="row"><label>${say('logLevel')}<select value=${level} onChange=${event => setLevel(event.target.value)}>
      <option value="">${say('log.all')}</option><option value="WRN">${say('log.warning')}</option><option value="ERR">${say('log.error')}</option></select></label>
    <label>${say('logText')}<input type="search" value=${text} onChange=${event => setText(event.target.value)} /></label></div>
    ${value ? html`<${Problem} error=${error} />` : null}
    ${value ? html`<ol class="plain log">${value.length ? value.map(entry => html`<li class=${levels[entry.level] ?? 'info'}><span class="muted">${day(entry.at)} ${say(`log.${levels[entry.level] ?? 'info'}`)}</span><span>${entry.text}</span></li>`) : html`<li>${say('noLogs')}</li>`}</ol>` : html`<${Waiting} error=${error} />`}`;
}
