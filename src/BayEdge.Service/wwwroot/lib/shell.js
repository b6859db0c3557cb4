// Around every page: who the device is, what is broken, and the way to the other pages.
import { html, useEffect } from '../vendor/ui.js';
import Login from '../pages/login.js';
import { session } from './api.js';
import { offline, status, useTopic } from './events.js';
import { otherLanguage, say, speakOther, tell } from './i18n.js';
import { Icon } from './icons.js';
import { bar, shown, startRouting } from './router.js';

export function Shell() {
  const entered = session.value.role;
  return html`
    <a class="skip" href="#content" onClick=${skip}>${say('skip')}</a>
    <header class="top">
      <strong>BayEdge <small>${status.value?.device ? `${status.value.site} / ${status.value.device}` : session.value.serial}</small></strong>
      <button type="button" id="language" class="outline" lang=${otherLanguage()} onClick=${speakOther}>${say('otherLanguage')}</button>
    </header>
    ${entered ? html`<${Entered} key=${entered} />` : html`<main id="content"><${Login} /></main>`}`;
}

// The address belongs to the router.
function skip(event) {
  event.preventDefault();
  document.querySelector('main h1')?.focus();
}

function Entered() {
  useTopic('status');
  useEffect(() => { startRouting(); }, []);
  const { route, rest, Page } = shown.value ?? {};
  return html`
    <${Faults} />
    <main id="content" data-page=${route && [route.name, ...rest].join('/')}>${Page && status.value ? html`<${Page} rest=${rest} key=${route.name} />` : html`<p aria-busy="true">${say('loading')}</p>`}</main>
    ${route?.alone ? null : html`
      <nav class="bar" aria-label=${say('pages')}>
        ${bar.map(one => html`<a href=${`#/${one.name}`} aria-current=${one === route ? 'page' : null}><${Icon} name=${one.name} />${say(`page.${one.name}`)}</a>`)}
      </nav>`}`;
}

// What is broken stands first on every page: the worst in words, the others a tap away. Always as high, so that nothing moves under a finger.
function Faults() {
  // While it is installed, everybody knows that a device has no configuration yet.
  const told = (status.value?.faults ?? []).filter(fault => fault.says.key !== 'configurationMissing' || shown.value?.route.name !== 'setup');
  const faults = [...offline.value ? [{ level: 'bad', page: 'bays', says: { key: 'noAnswer', text: '' } }] : [], ...told];
  const worst = faults[0];
  return html`<details class="faults">
    <summary class=${`strip ${worst?.level ?? 'good'}`}><span role="status">${worst ? tell(worst.says) : say(status.value ? 'allWorks' : 'loading')}</span>${faults.length > 1 ? html`<b>${say('faultCount', { count: faults.length })}</b>` : null}</summary>
    ${faults.map(fault => html`<p class=${`fault ${fault.level}`} key=${fault.says.key + fault.says.text}><a href=${`#/${fault.page}`}>${tell(fault.says)}</a></p>`)}
  </details>`;
}
