// The settings, section by section; each is saved as a whole and holds at once.
import { html, useEffect, useState } from '../vendor/ui.js';
import { isInstaller, send } from '../lib/api.js';
import { loadConfiguration, saveText } from '../lib/configuration.js';
import { useFaster } from '../lib/faster.js';
import { say, time } from '../lib/i18n.js';
import { Action, Card, Problem, Title, Waiting } from '../lib/parts.js';
import { Bays } from './settings/bays.js';
import { Central } from './settings/central.js';
import { General } from './settings/general.js';
import { History } from './settings/history.js';
import { Rules } from './settings/rules.js';
import { Sources } from './settings/sources.js';
import { Text } from './settings/text.js';

const sections = {
  general: given => html`<${General} ...${given} />`,
  bays: given => html`<${Bays} ...${given} />`,
  readers: given => html`<${Sources} section="readers" kind="reader" ...${given} />`,
  cameras: given => html`<${Sources} section="cameras" kind="camera" ...${given} />`,
  presence: given => html`<${Sources} section="presence" kind="presence" ...${given} />`,
  central: given => html`<${Central} ...${given} />`,
  rules: () => html`<${Rules} />`,
  history: given => html`<${History} ...${given} />`,
  text: given => html`<${Text} ...${given} />`,
};

// Another section is another page: nothing of the one before stays and moves.
export default ({ rest: [section] }) => html`<${Settings} key=${section ?? ''} section=${section} />`;

function Settings({ section }) {
  const [error, setError] = useState(null);

  // A section begins with what was asked for it, and saves on that: what an earlier one was given may be older than its revision.
  const [seen, keep] = useState(null);
  const load = () => {
    keep(null);
    setError(null);
    return loadConfiguration().then(keep, setError);
  };
  useEffect(() => { if (isInstaller()) load(); }, []);
  const { guard, theirs } = useFaster(load);
  if (!isInstaller()) return html`<${Title}>${say('page.settings')}<//><p>${say('forInstallers')}</p>`;
  const save = guard(async (text, why) => keep(await saveText(seen, text, why)));
  const given = { now: seen?.document, text: seen?.text, keep, saveText: save, saveDocument: (document, why) => save(JSON.stringify(document, null, 2), why) };
  const show = sections[section];
  if (!show) return html`<${Title}>${say('page.settings')}<//><${Unconfirmed} seen=${seen} load=${load} /><nav aria-label=${say('page.settings')}><ul class="plain menu">
    ${Object.keys(sections).map(name => html`<li><a href=${`#/settings/${name}`}>${say(`settings.${name}`)}</a></li>`)}</ul></nav>`;
  return html`
    <p><a class="back" href="#/settings">${say('back')}</a></p>
    <${Title}>${say(`settings.${section}`)}<//>
    ${seen == null ? html`<${Waiting} error=${error} again=${load} />` : seen.document || section === 'text' || section === 'history' ? show(given) : html`<p>${say('onlyText')} <a href="#/settings/text">${say('settings.text')}</a></p>`}
    ${theirs}
    <${Unconfirmed} seen=${seen} load=${load} />
    ${seen?.problems.length ? html`<${Problem} error=${{ says: { key: 'nowBroken', text: say('nowBroken') }, problems: seen.problems }} />` : null}`;
}

// Whoever made the change confirms it, by the way that it might have broken; a person who sees that it works may do so, too.
const Unconfirmed = ({ seen, load }) => seen?.confirmBy ? html`<${Card} state="warn">
  <p>${say('unconfirmed', { time: time(seen.confirmBy) })}</p>
  <${Action} action=${() => send('POST', 'api/configuration/confirm', { revision: seen.revision }).then(load)}>${say('keepChange')}<//>
<//>` : null;
