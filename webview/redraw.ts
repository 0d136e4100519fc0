const drawn = new WeakMap<HTMLElement, string>();

/** Name of what has the focus within a place; names stay the same from drawing to drawing. */
function focusedIn(place: HTMLElement): string | null {
  const active = document.activeElement;
  return active instanceof HTMLElement && place.contains(active) ? (active.dataset['key'] ?? '') : null;
}

/** Gives the focus back. What had it may be gone: then to the nearest that is there, so that the keyboard is not lost. */
function focusAgain(place: HTMLElement, key: string): void {
  const all = [...place.querySelectorAll<HTMLElement>('[data-key]')];
  const target = all.find((one) => one.dataset['key'] === key) ?? all[0];
  target?.focus({ preventScroll: true });
}

/**
 * Draws a place anew, unless it shows just this already. The focus stays where it is; `data` is all that `build` depends
 * on.
 */
export function redraw(place: HTMLElement, data: unknown, build: () => readonly HTMLElement[]): void {
  const stamp = JSON.stringify(data);
  if (drawn.get(place) === stamp) return;
  drawn.set(place, stamp);
  const focused = focusedIn(place);
  place.replaceChildren(...build());
  if (focused !== null) focusAgain(place, focused);
}
