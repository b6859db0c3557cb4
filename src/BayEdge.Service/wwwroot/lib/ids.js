// The first number, from one on, whose id nothing has yet.
export function freeNumber(idOf, taken, from = 1) {
  for (let number = from; ; number++) if (!taken.some(one => one.id === idOf(number))) return number;
}

export const bayId = number => `bay-${String(number).padStart(2, '0')}`;

const names = { reader: 'reader', camera: 'cam', presence: 'contact' };

// Readers, cameras and contacts each need an id of their own. more: what is not in the document yet.
export function freeSourceId(document, kind, more = []) {
  const idOf = number => `${names[kind]}-${number}`;
  return idOf(freeNumber(idOf, [...document.readers ?? [], ...document.cameras ?? [], ...document.presence ?? [], ...more]));
}
