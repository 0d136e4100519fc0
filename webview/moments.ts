import { element } from './elements.js';
import { ageText, agoText, momentText } from './words.js';

/** How a moment is told: `5 weeks ago`, or `5 weeks`. */
export type Telling = 'ago' | 'age';

const textOf = (telling: string | undefined, iso: string, now: number): string =>
  telling === 'age' ? (ageText(iso, now) ?? agoText(iso, now)) : agoText(iso, now);

/** A moment (ISO 8601) as time that has passed; it goes on ticking, and its tooltip says when it was. */
export function moment(iso: string, telling: Telling): HTMLElement {
  return element('time', {
    text: textOf(telling, iso, Date.now()),
    attributes: { datetime: iso, title: momentText(iso), 'data-telling': telling },
  });
}

/** Brings every moment of the page up to now. */
export function tick(): void {
  const now = Date.now();
  for (const one of document.querySelectorAll('time')) {
    const text = textOf(one.dataset['telling'], one.dateTime, now);
    if (one.textContent !== text) one.textContent = text;
  }
}
