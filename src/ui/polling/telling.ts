import * as vscode from 'vscode';
import { ATTENTION_STANDINGS } from '../../core/kpi.js';
import type { RowFilter } from '../../core/rowFilter.js';
import { setting } from '../settings.js';
import type { Activity } from '../state/model.js';
import type { Target } from '../state/target.js';
import type { PollingChoice } from './choice.js';
import { newsOf, waitingKeys } from './news.js';
import { consentQuestion, newsSentence } from './words.js';

const [LET_RUN, ONLY_LOOK, SHOW] = ['Let It Run', 'Only Look', 'Show'];

/** What telling needs. */
export interface TellingParts {
  readonly memory: vscode.Memento;
  readonly choice: PollingChoice;
  /** Shows rows of a target. */
  readonly show: (target: string, filter: RowFilter) => Promise<void>;
  /** Called when a person answered what is to happen by itself. */
  readonly onAnswer: () => void;
}

/** Tells by notifications, each once, in words and numbers of our own: text of siblings never gets into one. */
export class Telling {
  private readonly parts: TellingParts;

  constructor(parts: TellingParts) {
    this.parts = parts;
  }

  /** Some work ended on a target: asks once for consent to landing, or tells what newly waits. */
  async ended(target: Target, activity: Activity): Promise<void> {
    const { overview } = target.state;
    if (overview === null) return;
    const key = `told.${target.state.id}`;
    const told = this.parts.memory.get<readonly string[]>(key);
    const waiting = waitingKeys(overview.rows);
    if (told?.join() !== waiting.join()) await this.parts.memory.update(key, waiting);
    if (this.mayAsk(target, activity)) return this.ask(target);
    const sentence = newsSentence(newsOf(told ?? [], overview.rows));
    if (activity.scheduled && sentence !== null && setting('notifications')) await this.tell(target, sentence);
  }

  private mayAsk({ state, folder }: Target, { kind }: Activity): boolean {
    const fits = state.overview?.rows.some(({ standing }) => standing === 'candidate') ?? false;
    const { choice, memory } = this.parts;
    const wasAsked = choice.isMade(folder.uri) || memory.get(`asked.${state.id}`) !== undefined;
    return kind === 'scan' && fits && !wasAsked && setting('notifications');
  }

  private async ask(target: Target): Promise<void> {
    const { overview, id } = target.state;
    if (overview === null) return;
    await this.parts.memory.update(`asked.${id}`, true);
    const fitting = overview.rows.filter(({ standing }) => standing === 'candidate').length;
    const question = consentQuestion(fitting, overview.every, overview.lands);
    const answer = await vscode.window.showInformationMessage(question, LET_RUN, ONLY_LOOK);
    if (answer === undefined) return;
    await this.parts.choice.make(target.folder.uri, answer === LET_RUN ? 'sync' : 'scan');
    this.parts.onAnswer();
  }

  private async tell(target: Target, sentence: string): Promise<void> {
    const answer = await vscode.window.showInformationMessage(sentence, SHOW);
    if (answer === SHOW) await this.parts.show(target.state.id, { standings: ATTENTION_STANDINGS });
  }
}
