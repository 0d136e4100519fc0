import type { CommandParts } from './parts.js';
import { type Given, rowOf } from './rows.js';

/** Show KPI Panel: for the target of the row it was called on, when there is one. */
export const showPanel = ({ showPanel: show }: Pick<CommandParts, 'showPanel'>, given?: Given): void =>
  show(rowOf(given)?.target);
