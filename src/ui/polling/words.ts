import type { LandingPlace } from '../../core/overview.js';
import { forgeName } from '../landingPlace.js';
import type { News } from './news.js';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** An interval in words: `every hour`, `every 30 minutes`. */
export function everyText(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => milliseconds >= one && milliseconds % one === 0) ?? ['second', 1_000];
  const count = Math.max(1, Math.round(milliseconds / size));
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

/** The one question that is asked before anything lands by itself; `fitting` is how many fit. */
export function consentQuestion(fitting: number, every: number, lands?: LandingPlace): string {
  const forge = forgeName(lands);
  const what = fitting === 1 ? '1 improvement fits' : `${fitting} improvements fit`;
  const them = fitting === 1 ? 'it' : 'them';
  const land =
    forge === null
      ? 'land what is proved safe'
      : `open pull requests on ${forge}, merging what is proved safe when the branch's rules agree`;
  return `${what}. Let AutoSync check ${them} ${everyText(every)} and ${land}?`;
}

const parts = ({ review, conflict }: News): readonly string[] => [
  ...(review === 0 ? [] : [review === 1 ? '1 improvement for your review' : `${review} improvements for your review`]),
  ...(conflict === 0 ? [] : [conflict === 1 ? '1 conflict to resolve' : `${conflict} conflicts to resolve`]),
];

/** What newly waits for a person, in a sentence of our own words and numbers; null when nothing does. */
export function newsSentence(news: News): string | null {
  const found = parts(news);
  return found.length === 0 ? null : `AutoSync found ${found.join(' and ')}.`;
}
