// The settings, section by section; each is saved as a whole and holds at once.
import { html, useEffect, useState } from '../vendor/ui.js';
import { isInstaller } from '../lib/api.js';
import { configuration, loadConfiguration } from '../lib/configuration.js';
import { say } from '../lib/i18n.js';
import { Loading, Problem, Title } from '../lib/parts.js';
import { Bays } from './settings/bays.js';
import { Central } from './settings/central.js';
import { General } from './settings/general.js';
import { History } from './settings/history.js';
import { Rules } from './settings/rules.js';
import { Sources } from './settings/sources.js';
import { Text } from './settings/text.js';

const sections = {
  general: () => html`<${General} />`,
  bays: () => html`<${Bays} />`,
  readers: () => html`<${Sources} section="readers" kind="reader" />`,
  cameras: () => html`<${Sources} section="cameras" kind="camera" />`,
  presence: () => html`<${Sources} section="presence" kind="presence" />`,
  central: () => html`<${Central} />`,
  rules: () => html`<${Rules} />`,
  history: () => html`<${History} />`,
  text: () => html`<${Text} />`,
};

// Another section is another page: nothing of the one before stays and moves.
export default ({ rest: [section] }) => html`<${Settings} key=${section ?? ''} section=${section} />`;

function Settings({ section }) {
  const [error, setError] = useState(null);
  useEffect(() => { if (isInstaller()) loadConfiguration().catch(setError); }, []);
  if (!isInstaller()) return html`<${Title}>${say('page.settings')}<//><p>${say('forInstallers')}</p>`;
  const now = configuration.value;
  const show = sections[section];
  if (!show) return html`<${Title}>${say('page.settings')}<//><${Problem} error=${error} /><nav aria-label=${say('page.settings')}><ul class="plain menu">
    ${Object.keys(sections).map(name => html`<li><a href=${`#/settings/${name}`}>${say(`settings.${name}`)}</a></li>`)}</ul></nav>`;
  return html`
    <p><a class="back" href="#/settings">${say('back')}</a></p>
    <${Title}>${say(`settings.${section}`)}<//>
    <${Problem} error=${error} />
    ${now == null ? error ? null : html`<${Loading} />` : now.document || section === 'text' || section === 'history' ? show() : html`<p>${say('onlyText')} <a href="#/settings/text">${say('settings.text')}</a></p>`}
    ${now?.problems.length ? html`<${Problem} error=${{ says: { key: 'nowBroken', text: say('nowBroken') }, problems: now.problems }} />` : null}`;
}
