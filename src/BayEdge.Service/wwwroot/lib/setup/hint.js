// Until the device is handed over, the way back into the installation.
import { html } from '../../vendor/ui.js';
import { isInstaller } from '../api.js';
import { useTopic } from '../events.js';
import { say } from '../i18n.js';

export const SetupHint = () => isInstaller() ? html`<${Hint} />` : null;

function Hint() {
  const now = useTopic('commissioning').value;
  if (!now || now.handedOverAt) return null;
  return html`<p><a role="button" class="outline" href="#/setup">${say('setupHint', { place: now.steps.filter(step => step.passed).length, of: now.steps.length })}</a></p>`;
}
