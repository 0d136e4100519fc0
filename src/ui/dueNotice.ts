const DAY = 86_400_000;

/** True when a day went by since something was told; moments in milliseconds since 1970, undefined for never. */
export const dueNotice = (told: number | undefined, now: number): boolean =>
  told === undefined || told > now || now - told >= DAY;
