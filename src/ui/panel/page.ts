/** What the panel's page is made of; addresses as the webview may load them. */
export interface PageParts {
  /** The webview's own source, as VS Code names it for policies. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** A new number for one page, that nobody can guess. */
export const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The panel's page: scripts only by nonce, nothing from the network; the toolkit's components write their own styles. */
export function panelPage({ source, nonce, script, style }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${source} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AutoSync</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="page" aria-busy="true"><p class="quiet">Reading the figures ...</p></main>
<p id="spoken" role="status"></p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
