// The installation, step by step. The device keeps how far it is: any phone goes on, and a second one watches.
import { html, useEffect } from '../vendor/ui.js';
import { isInstaller } from '../lib/api.js';
import { forget } from '../lib/draft.js';
import { useTopic } from '../lib/events.js';
import { say } from '../lib/i18n.js';
import { Loading, Title } from '../lib/parts.js';
import { go } from '../lib/router.js';
import { Bays } from '../lib/setup/bays.js';
import { Cameras } from '../lib/setup/cameras.js';
import { Central } from '../lib/setup/central.js';
import { Handover } from '../lib/setup/handover.js';
import { Network } from '../lib/setup/network.js';
import { callBays, stateOf, useSheet } from '../lib/setup/parts.js';
import { Readers } from '../lib/setup/readers.js';
import { Rules } from '../lib/setup/rules.js';
import { Claim, Join } from '../lib/setup/start.js';
import { Walk } from '../lib/setup/walk.js';

const pages = { join: Join, claim: Claim, network: Network, central: Central, bays: Bays, readers: Readers, cameras: Cameras, rules: Rules, walkTest: Walk, handover: Handover };

export default ({ rest }) => isInstaller() ? html`<${Setup} rest=${rest} />` : html`<${Title}>${say('setup')}<//><p>${say('setup.installerOnly')}</p>`;

function Setup({ rest }) {
  const styled = useSheet('lib/setup/setup.css');
  const now = useTopic('commissioning').value;
  const begin = rest[0] ? null : now && (now.next ?? 'handover');

  // The step stays on the screen when it is passed: the installer goes on, not the page. Whoever has chosen one meanwhile is left there.
  useEffect(() => { if (begin && location.hash === '#/setup') location.replace(`#/setup/${begin}`); }, [begin]);
  if (!now || !styled || begin) return html`<${Loading} />`;
  callBays(now.bays);
  const asked = now.steps.findIndex(step => step.step === rest[0]);
  const place = asked >= 0 ? asked : now.steps.findIndex(step => step.step === (now.next ?? 'handover'));
  const step = now.steps[place];
  const Page = pages[step.step];
  const next = () => {
    forget(step.step);
    go(`setup/${now.steps[Math.min(place + 1, now.steps.length - 1)].step}`);
  };
  return html`
    <${Steps} steps=${now.steps} at=${place} />
    <${Title}><span class="muted">${place + 1}/${now.steps.length}</span> ${say(`step.${step.step}`)}<//>
    <div class="step" data-step=${step.step} data-state=${step.state} key=${step.step}><${Page} now=${now} step=${step} next=${next} /></div>`;
}

const Steps = ({ steps, at }) => html`
  <nav class="steps" aria-label=${say('setup')}>
    ${steps.map((step, place) => html`
      <a href=${`#/setup/${step.step}`} key=${step.step} class=${stateOf(step.state)} aria-current=${place === at ? 'step' : null}
        aria-label=${`${place + 1} ${say(`step.${step.step}`)}: ${say(`state.${stateOf(step.state)}`)}`}>
        <span aria-hidden="true">${step.state === 'ok' ? '✓' : step.state === 'failed' ? '✕' : step.state === 'warning' ? '!' : place + 1}</span>
      </a>`)}
  </nav>`;
