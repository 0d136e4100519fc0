import { auditSiblings } from '../actions/audit.js';
import { explainCommit } from '../actions/explain.js';
import type { Engine } from '../core/engine.js';
import { type EngineOptions, opened } from './opened.js';
import { chosen } from './runs.js';

/** The commands that look into the quarantine and write nothing. */
export function looksOf(options: EngineOptions): Pick<Engine, 'explain' | 'audit'> {
  return {
    explain: (sha, signal) => opened(options, 'read', ({ ports, config }) => explainCommit(ports, config, sha, signal)),
    audit: (how) =>
      opened(options, 'read', ({ ports, config }) =>
        auditSiblings(ports, config, chosen(config, how.sibling), how.signal),
      ),
  };
}
