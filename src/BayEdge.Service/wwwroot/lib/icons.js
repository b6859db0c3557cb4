// Signs for the bar below, drawn for 24 by 24.
import { html } from '../vendor/ui.js';

const paths = {
  bays: 'M3 21V8l9-5 9 5v13M7 21v-8h10v8M7 17h10',
  events: 'M4 6h16M4 12h16M4 18h10',
  sources: 'M12 20v-7M8.5 9.5a5 5 0 0 1 7 0M5.5 6.5a9 9 0 0 1 13 0',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4v6M6 14v6',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
};

export const Icon = ({ name }) => html`<svg viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${paths[name] ?? paths.system} /></svg>`;
