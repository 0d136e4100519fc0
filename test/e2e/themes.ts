/**
 * The themes that every screen is looked at in: by the name a person reads, the
 * setting's value, the kind, and what the system says that has the editor choose it.
 */
export const THEMES = {
  'Light Modern': { setting: 'Light Modern', kind: 'vs', system: { colorScheme: 'light', forcedColors: 'none' } },
  'Dark Modern': { setting: 'Dark Modern', kind: 'vs-dark', system: { colorScheme: 'dark', forcedColors: 'none' } },
  'Dark High Contrast': {
    setting: 'Default High Contrast',
    kind: 'hc-black',
    system: { colorScheme: 'dark', forcedColors: 'active' },
  },
  'Light High Contrast': {
    setting: 'Default High Contrast Light',
    kind: 'hc-light',
    system: { colorScheme: 'light', forcedColors: 'active' },
  },
} as const;

/** Name of a theme. */
export type Theme = keyof typeof THEMES;

/** Settings by which an editor follows the system: a test changes that in a moment, and for one window alone. */
export const FOLLOWS_SYSTEM: Readonly<Record<string, unknown>> = {
  'window.autoDetectColorScheme': true,
  'window.autoDetectHighContrast': true,
  'workbench.preferredLightColorTheme': THEMES['Light Modern'].setting,
  'workbench.preferredDarkColorTheme': THEMES['Dark Modern'].setting,
  'workbench.preferredHighContrastColorTheme': THEMES['Dark High Contrast'].setting,
  'workbench.preferredHighContrastLightColorTheme': THEMES['Light High Contrast'].setting,
};
