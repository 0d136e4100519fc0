import * as vscode from 'vscode';

/** Milliseconds of quiet after a key before the list follows. */
const QUIET = 80;

/** Asks for the text of the filter; the list follows while a person types, and Escape brings back what was before. */
export function askFilter(before: string, apply: (text: string) => void): void {
  const input = vscode.window.createInputBox();
  let timer: NodeJS.Timeout | undefined;
  let accepted = false;
  input.title = 'Filter Incoming';
  input.placeholder = 'Words in the subject, type, author, sibling, standing or SHA';
  input.value = before;
  // Whoever clicks a row that was found would else lose what they searched for.
  input.ignoreFocusOut = true;
  input.onDidChangeValue((text) => {
    clearTimeout(timer);
    timer = setTimeout(() => apply(text), QUIET);
  });
  input.onDidAccept(() => {
    accepted = true;
    input.hide();
  });
  input.onDidHide(() => {
    clearTimeout(timer);
    apply(accepted ? input.value : before);
    input.dispose();
  });
  input.show();
}
