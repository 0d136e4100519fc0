/** The themes that every screen is looked at in: by the name a person reads, the setting's value and the kind. */
export const THEMES = {
  'Light Modern': { setting: 'Light Modern', kind: 'vs' },
  'Dark Modern': { setting: 'Dark Modern', kind: 'vs-dark' },
  'Dark High Contrast': { setting: 'Default High Contrast', kind: 'hc-black' },
  'Light High Contrast': { setting: 'Default High Contrast Light', kind: 'hc-light' },
} as const;

/** Name of a theme. */
export type Theme = keyof typeof THEMES;
