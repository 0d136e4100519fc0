import type { CommandParts } from './parts.js';

/** Pause Polling: nothing starts by itself until it is resumed. */
export const pausePolling = ({ polling }: Pick<CommandParts, 'polling'>): void => polling.pause();

/** Resume Polling. */
export const resumePolling = ({ polling }: Pick<CommandParts, 'polling'>): void => polling.resume();
