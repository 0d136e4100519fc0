/** What a request needs of the token, in the words of GitHub's page for fine-grained tokens. */
export type Need = keyof typeof PERMISSIONS;

/** By need: the permission of a fine-grained token, and the scope of a classic one (docs.github.com, "Permissions required"). */
const PERMISSIONS = {
  metadata: { permission: 'Metadata: read', scope: 'repo' },
  'read-contents': { permission: 'Contents: read', scope: 'repo' },
  'write-contents': { permission: 'Contents: read and write', scope: 'repo' },
  'read-pulls': { permission: 'Pull requests: read', scope: 'repo' },
  'write-pulls': { permission: 'Pull requests: read and write', scope: 'repo' },
  'read-checks': { permission: 'Checks: read', scope: 'repo' },
  'read-statuses': { permission: 'Commit statuses: read', scope: 'repo' },
  'read-protection': { permission: 'Administration: read', scope: 'repo' },
  'read-actions': { permission: 'Actions: read', scope: 'repo' },
  'write-actions': { permission: 'Actions: read and write', scope: 'repo' },
  'write-workflows': { permission: 'Workflows: read and write', scope: 'workflow' },
} as const;

/** What GitHub's answer says of the permissions a request needs and the token has; header names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/**
 * The permission to grant so that a refused request would be allowed: as GitHub's answer names it, else by our own
 * table. Classic tokens (their answers list their scopes) are told the scope.
 */
export function permissionToGrant(need: Need, headers: AnswerHeaders): string {
  const known = PERMISSIONS[need];
  const scopes = scopesOf(headers);
  if (scopes !== null) return `the scope "${missingScope(known.scope, headers)}"`;
  return accepted(String(headers['x-accepted-github-permissions'] ?? '')) ?? `"${known.permission}"`;
}

/** Scopes of a classic token; null for the other kinds, whose answers do not say. */
export function scopesOf(headers: AnswerHeaders): readonly string[] | null {
  const listed = headers['x-oauth-scopes'];
  if (listed === undefined) return null;
  return words(String(listed));
}

const words = (list: string): readonly string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => /^[\w:]+$/.test(word));

/** Any one of the accepted scopes is enough; ours is named when it is one of them, because it serves for everything. */
function missingScope(known: string, headers: AnswerHeaders): string {
  const enough = words(String(headers['x-accepted-oauth-scopes'] ?? ''));
  return enough.includes(known) ? known : (enough[0] ?? known);
}

/** `contents=write,workflows=write; pull_requests=write`: sets by semicolon, each enough by itself. */
function accepted(header: string): string | null {
  const sets = header.split(';').map((set) => [...set.matchAll(/\b([a-z_]+)=(read|write|admin)\b/g)].map(named));
  const told = sets.filter((set) => set.length > 0).map((set) => set.join(' and '));
  return told.length === 0 ? null : told.join(' or ');
}

function named([, name = '', level = '']: RegExpMatchArray): string {
  const words = name.replaceAll('_', ' ');
  const access = level === 'write' ? 'read and write' : level;
  return `"${words.charAt(0).toUpperCase()}${words.slice(1)}: ${access}"`;
}
