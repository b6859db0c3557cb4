// What the sources see, put together from messages that each tell only what has changed.
import { useEffect, useState } from '../vendor/ui.js';

// As the device does.
const keptMilliseconds = 60_000;
const mostTags = 8;

const placed = (before, list, key) => ({ ...before, ...Object.fromEntries((list ?? []).map(one => [key(one), one])) });

// { apart, sources, counts, tags }; apart is how far this phone's clock is from the one on which the device tells when a tag was heard.
export function mergeSources(before, { now, whole, sources, counts, tags }) {
  const old = whole || !before ? {} : before;
  const known = placed(old.tags, tags, tag => `${tag.source} ${tag.antenna} ${tag.tag}`);
  return {
    apart: Date.now() - now,
    sources: placed(old.sources, sources, source => source.id),
    counts: placed(old.counts, counts, count => count.id),
    tags: Object.fromEntries(Object.entries(known).filter(([, tag]) => now - tag.heard <= keptMilliseconds)),
  };
}

// The tags of a source, the latest first; those of one second stay in their order, so that lines do not jump.
export const tagsOf = (live, source) => Object.values(live.tags)
  .filter(tag => tag.source === source)
  .map(tag => ({ ...tag, seconds: Math.max(0, Math.round((Date.now() - live.apart - tag.heard) / 1000)) }))
  .filter(tag => tag.seconds * 1000 <= keptMilliseconds)
  .sort((one, other) => one.seconds - other.seconds || one.antenna - other.antenna || one.tag.localeCompare(other.tag))
  .slice(0, mostTags);

// The newest first.
export function mergePlates(before, { whole, plates }) {
  const told = new Set(plates.map(keyOf));
  return [...plates, ...(whole ? [] : before ?? []).filter(plate => !told.has(keyOf(plate)))].slice(0, mostPlates);
}

const mostPlates = 100;
const keyOf = plate => `${plate.source} ${plate.zone} ${plate.text} ${plate.first}`;

// Has a component shown anew every second: what is told as a time grows old by itself.
export function useSeconds() {
  const [, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound(round => round + 1), 1000);
    return () => clearInterval(timer);
  }, []);
}
