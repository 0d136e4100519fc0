/** Letters of scripts that are written from right to left (Unicode 16, blocks of the bidirectional classes R and AL). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Foreign text as a part of a line of ours: what is written from right to left is isolated (Unicode UAX 9, FSI and PDI),
 * so that no number that stands after it moves before it. Foreign text brings no such sign itself: `sanitize` takes them.
 */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);
