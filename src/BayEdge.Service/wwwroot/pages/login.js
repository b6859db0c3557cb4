// The way in: a device that belongs to nobody asks for the code on its label, any other for a PIN.
import { html, useState } from '../vendor/ui.js';
import { refreshSession, send, session } from '../lib/api.js';
import { say } from '../lib/i18n.js';
import { Field, Form, Title } from '../lib/parts.js';

export default function Login() {
  return session.value.claimed ? html`<${LogIn} />` : html`<${Claim} />`;
}

const About = () => html`<p class="muted">${say('aboutDevice', { serial: session.value.serial, version: session.value.version })}</p>`;

function Claim() {
  const claim = async ({ code, password }) => {
    try {
      await send('POST', 'api/claim', { code, password });
    } catch (refused) {
      // Another phone was faster: from now on this is a login.
      if (refused.says.key === 'alreadyClaimed') await refreshSession();
      throw refused;
    }
    location.hash = '#/setup';
    await refreshSession();
  };
  return html`
    <${Title}>${say('claimTitle')}<//>
    <p>${say('claimText')}</p>
    <${Form} submit=${claim} label=${say('claim')}>
      <${Field} name="code" label=${say('claimCode')} help=${say('claimCodeHelp')} required autocomplete="off" autocapitalize="characters" spellcheck="false" class="code" />
      <${Field} name="password" label=${say('newPin')} help=${say('pinHelp')} required minlength="6" maxlength="128" type="password" autocomplete="new-password" />
    <//>
    <${About} />`;
}

function LogIn() {
  const accounts = session.value.accounts;
  const [account, setAccount] = useState('installer');
  const enter = async ({ password }) => {
    await send('POST', 'api/login', { account, password });
    await refreshSession();
  };
  return html`
    <${Title}>${say('loginTitle')}<//>
    <${Form} submit=${enter} label=${say('login')}>
      ${accounts.length > 1 ? html`<fieldset><legend>${say('account')}</legend>
        ${accounts.map(name => html`<label class="big"><input type="radio" name="account" value=${name} checked=${name === account} onChange=${() => setAccount(name)} />${say(`role.${name}`)}</label>`)}</fieldset>` : null}
      <${Field} name="password" label=${say('pin')} required maxlength="128" type="password" autocomplete="current-password" />
    <//>
    <${About} />`;
}
