// Why a bay is taken to be as it is: what is decided, what else may be, and the last decisions.
import { byId, drawEvent, drawEvidence, element, nats, say, tell } from './page.js';

const dialog = byId('why');
let bay = null;
let drawn = null;

function drawHypothesis(hypothesis, index) {
  return element('section', 'hypothesis',
    element('h3', '', `${index === 0 ? say('decidedNow') : say('orElse')} ${tell(hypothesis.what)} `, element('small', 'muted', `${hypothesis.odds} (${nats(hypothesis.logOdds)})`)),
    element('p', 'muted', hypothesis.needed == null ? say('holds') : say('needs', { odds: hypothesis.neededOdds, nats: nats(hypothesis.needed) })),
    drawEvidence(hypothesis.evidence));
}

function draw(why) {
  byId('why-title').textContent = say('why', { bay: bay.name });
  byId('why-close').textContent = say('close');
  const now = [
    ...why.hypotheses.map(drawHypothesis),
    element('p', 'muted', say('evidenceWeights')),
    why.wouldChange ? element('p', '', say('wouldChange', { what: tell(why.wouldChange) })) : null,
  ];
  byId('why-now').replaceChildren(...now.filter(Boolean));
  byId('why-decisions-title').textContent = say('lastDecisions');

  // Drawn only when they change, so that an unfolded decision stays unfolded.
  const wanted = say('lastDecisions') + JSON.stringify(why.decisions);
  if (wanted === drawn) return;
  drawn = wanted;
  byId('why-decisions').replaceChildren(...(why.decisions.length ? why.decisions.map(drawEvent) : [element('li', 'muted', say('noDecisions'))]));
}

// Called with every status, so an open explanation keeps up with its bay.
export async function refreshWhy() {
  if (!dialog.open) return;
  const asked = bay;
  try {
    const why = await (await fetch(`api/bays/${encodeURIComponent(asked.id)}/why`)).json();
    if (dialog.open && asked === bay) draw(why);
  } catch {
    // The page itself says already that the device does not answer.
    byId('why-now').replaceChildren(element('p', 'bad', say('whyFailed')));
  }
}

export function openWhy(of) {
  bay = of;
  drawn = null;
  byId('why-now').replaceChildren();
  byId('why-decisions').replaceChildren();
  if (!dialog.open) dialog.showModal();
  refreshWhy();
}

byId('why-close').addEventListener('click', () => dialog.close());
