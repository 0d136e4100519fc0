/** What an element is made with; text only ever becomes text: nothing of a sibling is rendered as markup. */
export interface Parts {
  readonly text?: string;
  readonly className?: string;
  /** Attributes; null leaves one out. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly children?: readonly HTMLElement[];
  readonly onClick?: () => void;
}

/** Makes an element. */
export function element(name: string, { text, className, attributes, children, onClick }: Parts = {}): HTMLElement {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  for (const [key, value] of Object.entries(attributes ?? {})) if (value !== null) made.setAttribute(key, value);
  if (children !== undefined) made.append(...children);
  if (onClick !== undefined) made.addEventListener('click', onClick);
  return made;
}

/** A paragraph in which what stands between backticks is set as code. */
export function paragraph(text: string, className = ''): HTMLElement {
  const made = element('p', { className });
  made.append(...text.split('`').map((part, index) => (index % 2 === 0 ? part : element('code', { text: part }))));
  return made;
}

/** A part of the page with its heading, by which it is found when one goes from heading to heading. */
export function section(title: string, children: readonly HTMLElement[]): HTMLElement {
  const id = `title-${title.toLowerCase().replace(/\W+/g, '-')}`;
  const heading = element('h2', { text: title, attributes: { id } });
  return element('section', { attributes: { 'aria-labelledby': id }, children: [heading, ...children] });
}
