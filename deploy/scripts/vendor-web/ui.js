// The one module that the pages import: components (Preact), state (signals) and templates without a compiler (htm).
import htm from 'htm';
import { h } from 'preact';

export { Fragment, createContext, h, render } from 'preact';
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
export { batch, computed, effect, signal, useComputed, useSignal, useSignalEffect } from '@preact/signals';
export const html = htm.bind(h);
