// Four corners over a still: dragged by finger, or moved with the arrow keys. Corners are 0 to 1 of the picture.
import { html, useEffect, useRef, useState } from '../../vendor/ui.js';
import { useFaster } from '../faster.js';
import { say } from '../i18n.js';
import { Action } from '../parts.js';

const step = 0.01;
const largeStep = 0.05;
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = value => Math.min(1, Math.max(0, value));
const round = value => Math.round(value * 1000) / 1000;

export function Zone({ picture, isOld, size, saved, fallback, plates, save }) {
  const isDrawn = saved?.length === 4;
  const [corners, setCorners] = useState(isDrawn ? saved : fallback);
  const [changed, setChanged] = useState(false);
  const seen = useRef(saved ?? []);
  const take = () => {
    setCorners(isDrawn ? saved : fallback);
    setChanged(false);
    seen.current = saved ?? [];
  };
  const faster = useFaster(take);

  // What another phone has drawn is shown, but never moves under a finger.
  useEffect(() => { if (!changed && JSON.stringify(saved ?? []) !== JSON.stringify(seen.current)) take(); }, [JSON.stringify(saved)]);
  const drawing = useRef(null);
  const [width, height] = [1000, Math.round(1000 * size.height / size.width)];
  const move = (place, [x, y]) => {
    setCorners(corners.map((corner, other) => other === place ? [round(within(x)), round(within(y))] : corner));
    setChanged(true);
  };
  const drag = (place, event) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = drawing.current.getBoundingClientRect();
    move(place, [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  };
  const key = (place, event) => {
    const direction = moves[event.key];
    if (!direction) return;
    event.preventDefault();
    const by = event.shiftKey ? largeStep : step;
    move(place, [corners[place][0] + direction[0] * by, corners[place][1] + direction[1] * by]);
  };
  const points = corners.map(([x, y]) => `${x * width},${y * height}`).join(' ');
  return html`
    <div class=${`zone ${isOld ? 'old' : ''}`}>
      <img src=${picture} alt=${say('zone.still')} width=${size.width} height=${size.height} />
      <svg ref=${drawing} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${say('zone.corners')}>
        <polygon class="area" points=${points} />
        ${plates.map((plate, place) => html`<polygon key=${place} class="found" points=${plate.corners.map(({ x, y }) => `${x * width},${y * height}`).join(' ')} />`)}
        ${corners.map(([x, y], place) => html`
          <g key=${place} class="corner" tabindex="0" role="slider" aria-label=${say('zone.corner', { number: place + 1 })}
            aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(x * 100)} aria-valuetext=${say('zone.at', { x: Math.round(x * 100), y: Math.round(y * 100) })}
            onPointerDown=${event => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove=${event => drag(place, event)}
            onKeyDown=${event => key(place, event)}>
            <circle class="grip" cx=${x * width} cy=${y * height} r="80" /><circle class="dot" cx=${x * width} cy=${y * height} r="28" />
          </g>`)}
      </svg>
    </div>
    <p class="muted">${say('zone.help')}</p>
    <${Action} key=${faster.round} action=${faster.guard(async () => { await save(corners, seen.current); seen.current = corners; setChanged(false); })} disabled=${!changed && isDrawn} done=${say('zone.saved')} className=${changed ? '' : 'outline'}>${say('zone.save')}<//>
    ${faster.theirs}`;
}
