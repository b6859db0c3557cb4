// What changes too often or matters too little for the stream of events is asked for while a component is shown.
import { useEffect, useState } from '../vendor/ui.js';
import { get } from './api.js';

// { value, error, again }: value stays as it was while the device does not answer.
export function usePoll(path, everyMilliseconds) {
  const [answer, setAnswer] = useState({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let shown = true;
    let timer = null;
    const ask = async () => {
      try {
        const value = await get(path);
        if (shown) setAnswer({ value });
      } catch (error) {
        if (shown) setAnswer(before => ({ ...before, error }));
      }
      if (shown && everyMilliseconds) timer = setTimeout(ask, everyMilliseconds);
    };
    ask();
    return () => {
      shown = false;
      clearTimeout(timer);
    };
  }, [path, round]);
  return { ...answer, again: () => setRound(round + 1) };
}
