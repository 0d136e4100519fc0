import { AutoSyncError } from './errors.js';
import { sanitize } from './sanitize.js';

const CONTROL = /[\p{Cc}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const SCP = /^(?:([^@/:]+)@)?(\[[0-9A-Fa-f:.]+\]|[^@/:[\]]+):(?!\/\/)(.+)$/;
const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\])$/;
const USER = /^[A-Za-z0-9_][\w.+-]*$/;
/** Words before a `:` that are meant as a scheme, not as a host. */
const NO_HOST = /^(?:https?|file|ssh|git|ftps?|javascript|data|vscode|command)$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const TOKEN_HINT = 'give a token through AUTOSYNC_SOURCE_TOKEN, never in the address';

/**
 * Checks the address of a repository and returns it in normal form (design: reliability T1, T2, T11).
 *
 * Taken: `https://`, `ssh://`, `user@host:path`, `file://`, and `http://` on this machine. Throws `unsafe-input` for
 * every other transport (`ext::`), a user or password in an http address, anything that a program could read as an
 * option, and control characters.
 */
export function checkRemoteUrl(value: string): string {
  const refuse = refuser('The address', value);
  if (value.trim() !== value || value === '') return refuse('it is empty or has spaces around it');
  if (CONTROL.test(value)) return refuse('it has control or invisible characters');
  if (value.startsWith('-')) return refuse('it starts with "-", which git would read as an option');
  if (/^[^/]*::/.test(value)) return refuse('it names a transport helper ("::"), which can run any program');
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(value) ? SCHEME.exec(value)?.[1]?.toLowerCase() : undefined;
  return scheme === undefined ? checkScp(value, refuse) : checkUrl(value, scheme, refuse);
}

/**
 * Checks the name of a branch by the rules of git-check-ref-format(1) with `--branch`, and stricter: no part may start
 * with `-`. Returns it unchanged. Throws `unsafe-input`.
 */
export function checkBranchName(value: string): string {
  const refuse = refuser('The branch name', value);
  const found = BRANCH_RULES.find(([broken]) => broken.test(value));
  return found === undefined && value.length <= 250 ? value : refuse(found?.[1] ?? 'it is longer than 250 characters');
}

const BRANCH_RULES: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'it is empty'],
  [CONTROL, 'it has control or invisible characters'],
  [/\p{Surrogate}/u, 'it is not valid text'],
  [/[\s~^:?*[\\]/, 'it has a space or one of ~ ^ : ? * [ \\'],
  [/(?:^|\/)-/, 'a part of it starts with "-", which git would read as an option'],
  [/(?:^|\/)\./, 'a part of it starts with "."'],
  [/\.\.|@\{/, 'it has ".." or "@{"'],
  [/^\/|\/\/|\/$/, 'it has a "/" at an end or two in a row'],
  [/\.lock(?:\/|$)/i, 'a part of it ends with ".lock"'],
  [/\.$/, 'it ends with "."'],
  [/^(?:HEAD|@)$/, 'it means the commit that is checked out'],
  [/^refs\//, 'it is the full name of a ref; write it without "refs/heads/"'],
];

/** Checks the path of a folder and returns it unchanged. Throws `unsafe-input`. */
export function checkFolder(value: string): string {
  const refuse = refuser('The folder', value);
  if (value.trim() === '') return refuse('it is empty');
  if (/\p{Cc}/u.test(value)) return refuse('it has control characters');
  if (value.startsWith('-')) return refuse('it starts with "-", which git would read as an option; write "./-..."');
  if (/^[^/\\]*::/.test(value)) return refuse('it names a transport helper ("::"), which can run any program');
  return value;
}

type Refuse = (why: string) => never;

function refuser(what: string, value: string): Refuse {
  return (why) => {
    throw new AutoSyncError({ code: 'unsafe-input', what, value: withoutPassword(sanitize(value, 200)), why });
  };
}

/** A refused address may hold a token: it must not reach a log through the message that refuses it. */
function withoutPassword(value: string): string {
  return value.replace(/^([^/]*\/\/)[^/]*@/, '$1[redacted]@').replace(/^([^/@:]*):[^/@]*@/, '$1:[redacted]@');
}

function checkUrl(value: string, scheme: string, refuse: Refuse): string {
  switch (scheme) {
    case 'https':
    case 'http':
      return checkHttp(value, scheme, refuse);
    case 'ssh':
      return checkSsh(value, refuse);
    case 'file':
      return checkFile(value, refuse);
    default:
      return refuse(
        `"${scheme}" is no transport that AutoSync uses; write https://, ssh://, user@host:path or file://`,
      );
  }
}

function checkHttp(value: string, scheme: string, refuse: Refuse): string {
  const { authority, path } = partsOf(value);
  if (authority.includes('@')) return refuse(`it has a user or password in it; ${TOKEN_HINT}`);
  checkAuthority(authority, refuse);
  if (/[\s\\]/.test(path)) return refuse('it has a space or a backslash in its path');
  const url = parseUrl(value, refuse);
  if (url.search !== '' || url.hash !== '') return refuse('it has a query or a fragment, which no repository has');
  if (scheme === 'http' && !LOOPBACK.test(url.hostname)) {
    return refuse('http:// shows everything to the network; write https:// (http is for this machine only)');
  }
  return url.href;
}

function checkSsh(value: string, refuse: Refuse): string {
  const { authority, path } = partsOf(value);
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? null : authority.slice(0, at);
  if (user?.includes(':')) return refuse('it has a password in it; use an ssh key');
  if (user !== null && !USER.test(user)) return refuse('its user is no plain name, and ssh could read it as an option');
  checkAuthority(authority.slice(at + 1), refuse);
  if (path.length < 2 || path.startsWith('/-')) return refuse('its path is empty or starts with "-"');
  return `ssh://${user === null ? '' : `${user}@`}${authority.slice(at + 1).toLowerCase()}${path}`;
}

function checkFile(value: string, refuse: Refuse): string {
  const { authority, path } = partsOf(value);
  if (authority !== '' && authority.toLowerCase() !== 'localhost')
    return refuse('a file:// address names no host; write file:///path');
  if (path.length < 2) return refuse('it names no folder');
  return `file://${path}`;
}

function checkScp(value: string, refuse: Refuse): string {
  const [, user, host = '', path = ''] = SCP.exec(value) ?? [];
  if (host === '') return refuse('it is no address of a repository; for a folder write "path" in place of "url"');
  if (user !== undefined && !USER.test(user))
    return refuse('its user is no plain name, and ssh could read it as an option');
  if (user === undefined && host.length === 1) return refuse('it is a path of a drive; write "path" in place of "url"');
  if (!HOST.test(host)) return refuse('its host is no host name');
  if (user === undefined && NO_HOST.test(host))
    return refuse(`"${host}:" is the start of a URL; write "${host}://..."`);
  if (path.includes('@')) return refuse(`it may have a password in it; ${TOKEN_HINT}`);
  if (/^-|[\s\\]/.test(path)) return refuse('its path starts with "-" or has a space or backslash');
  return value;
}

function checkAuthority(authority: string, refuse: Refuse): void {
  const [, host = '', port = '443'] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(authority) ?? [];
  if (!HOST.test(host)) refuse('its host is empty or no host name');
  if (Number(port) < 1 || Number(port) > 65_535) refuse('its port is not between 1 and 65535');
}

function partsOf(value: string): { readonly authority: string; readonly path: string } {
  const rest = value.slice(value.indexOf('://') + 3);
  const slash = rest.search(/[/\\?#]/);
  return slash === -1 ? { authority: rest, path: '' } : { authority: rest.slice(0, slash), path: rest.slice(slash) };
}

function parseUrl(value: string, refuse: Refuse): URL {
  return URL.canParse(value) ? new URL(value) : refuse('it is no valid URL');
}
