// Two phones change the same: the slower one is told, and goes on from what the quicker one saved.
import { html, useState } from '../vendor/ui.js';
import { say } from './i18n.js';

const behind = ['changedMeanwhile', 'setup.anotherFaster'];

// Where another phone was faster, what was begun here is refused; the way on is to look at what that one saved.
// show: takes it in place of what was typed here. { guard, theirs, round }: guard is put around what saves, round is the key of its form.
export function useFaster(show) {
  const [isBehind, setBehind] = useState(false);
  const [round, setRound] = useState(0);
  const guard = action => async (...given) => {
    try {
      await action(...given);
    } catch (error) {
      if (behind.includes(error.says?.key)) setBehind(true);
      throw error;
    }
  };
  const take = () => {
    setBehind(false);
    setRound(round + 1);
    show();
  };
  return { guard, round, theirs: isBehind ? html`<button type="button" class="theirs" onClick=${take}>${say('showTheirs')}</button>` : null };
}
