import type { EditorEngine } from './core/engine.js';
import { backupsOf } from './engine/backups.js';
import { figuresOf } from './engine/figures.js';
import { looksOf } from './engine/looks.js';
import { memoryOf } from './engine/memory.js';
import type { EngineOptions } from './engine/opened.js';
import { pollingOf } from './engine/polling.js';
import { previewsOf } from './engine/previews.js';
import { runsOf } from './engine/runs.js';
import { setupOf } from './engine/setup.js';
import { sharedStateOf } from './engine/sharedState.js';
import { wordsOf } from './engine/words.js';
import { workflowOf } from './engine/workflow.js';

/** Composes the real git, checks and store into what an entry can ask for. Every command opens and closes what it needs. */
export function createEngine(options: EngineOptions): EditorEngine {
  return {
    ...runsOf(options),
    ...wordsOf(options),
    ...looksOf(options),
    ...previewsOf(options),
    ...memoryOf(options),
    ...figuresOf(options),
    ...setupOf(options),
    ...workflowOf(options),
    ...backupsOf(options),
    ...sharedStateOf(options),
    ...pollingOf(options),
  };
}
