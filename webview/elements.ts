/** Makes an element. Text only ever becomes text: nothing of a sibling is rendered as markup. */
export function element(name: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

/** Makes an element with others inside. */
export function group(name: string, parts: readonly HTMLElement[], className = ''): HTMLElement {
  const made = element(name, '', className);
  made.append(...parts);
  return made;
}

/** A paragraph in which what stands between backticks is set as code. */
export function paragraph(text: string, className = ''): HTMLElement {
  const made = element('p', '', className);
  made.append(...text.split('`').map((part, index) => (index % 2 === 0 ? part : element('code', part))));
  return made;
}
