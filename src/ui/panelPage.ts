/** What the panel's page is made of; addresses as the webview may load them. */
export interface PageParts {
  /** The webview's own source, as VS Code names it for policies. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** The panel's page: scripts only by nonce; the toolkit's components write their own styles. */
export function panelPage({ source, nonce, script, style }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source} 'unsafe-inline'; font-src ${source}; script-src 'nonce-${nonce}'`;
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
<main id="state"><p>Reading the state ...</p></main>
<p id="spoken" role="status"></p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
