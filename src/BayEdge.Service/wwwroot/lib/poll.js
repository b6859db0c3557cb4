// What changes too often or matters too little for the stream of events is asked for while a component is shown.
import { useEffect, useState } from '../vendor/ui.js';
import { get } from './api.js';

// { value, error, again }: value stays as it was while the device does not answer. Nothing is asked while idle() says so.
export function usePoll(path, everyMilliseconds, idle = () => false) {
  const [answer, setAnswer] = useState({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let shown = true;
    let timer = null;
    const look = async () => {
      try {
        const value = await get(path);
        if (shown) setAnswer({ value });
      } catch (error) {
        if (shown) setAnswer(before => ({ ...before, error }));
      }
    };
    // The next is asked for when the last has come, however slow the device is.
    const ask = async () => {
      if (!idle()) await look();
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
