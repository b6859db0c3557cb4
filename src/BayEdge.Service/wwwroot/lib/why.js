// Why a bay is taken to be as it is: what is decided, what else may be, and the last decisions.
import { html, useEffect, useRef, useState } from '../vendor/ui.js';
import { get } from './api.js';
import { status } from './events.js';
import { say, tell } from './i18n.js';
import { Problem } from './parts.js';
import { EventItem, EvidenceList, nats } from './visits.js';

export function Why({ bay, close }) {
  const dialog = useRef();
  const [why, setWhy] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => { dialog.current.showModal(); }, []);

  // Asked with every status, so an open explanation keeps up with its bay.
  const now = status.value;
  useEffect(() => {
    let current = true;
    get(`api/bays/${encodeURIComponent(bay.id)}/why`).then(
      answer => { if (current) { setWhy(answer); setError(null); } },
      failure => { if (current) setError(failure); });
    return () => { current = false; };
  }, [now, bay.id]);

  return html`<dialog id="why" ref=${dialog} aria-labelledby="why-title" onClose=${close}>
    <article>
      <header><h2 id="why-title">${say('why', { bay: bay.name })}</h2><button type="button" id="why-close" class="outline" onClick=${() => dialog.current.close()}>${say('close')}</button></header>
      <${Problem} error=${error} />
      <div id="why-now">
        ${why?.hypotheses.map((hypothesis, index) => html`<${Hypothesis} hypothesis=${hypothesis} decided=${index === 0} />`)}
        <p class="muted">${say('evidenceWeights')}</p>
        ${why?.wouldChange ? html`<p>${say('wouldChange', { what: tell(why.wouldChange) })}</p>` : null}
      </div>
      <h3>${say('lastDecisions')}</h3>
      <ol id="why-decisions" class="plain">${why?.decisions.length
        ? why.decisions.map(event => html`<${EventItem} key=${event.visitId + event.kind + event.decidedAt} event=${event} />`)
        : html`<li class="muted">${say('noDecisions')}</li>`}</ol>
    </article>
  </dialog>`;
}

const Hypothesis = ({ hypothesis, decided }) => html`
  <section class="hypothesis">
    <h3>${say(decided ? 'decidedNow' : 'orElse')} ${tell(hypothesis.what)} <small class="muted">${hypothesis.odds} (${nats(hypothesis.logOdds)})</small></h3>
    <p class="muted">${hypothesis.needed == null ? say('holds') : say('needs', { odds: hypothesis.neededOdds, nats: nats(hypothesis.needed) })}</p>
    <${EvidenceList} evidence=${hypothesis.evidence} />
  </section>`;
