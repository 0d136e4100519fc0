const BEGINS = 'The token expires';

/** The sentence that says when a token ends; `within` such as `in 3 days`, `at` in ISO 8601. */
export const expiresSoon = (within: string, at: string): string => `${BEGINS} ${within}, on ${at}.`;

/** True when a note of a run is about the end of the token: enough is said of it once a day. */
export const isExpiryNote = (note: string): boolean => note.startsWith(`${BEGINS} `);
