import type { ForgeRepository } from './forgePort.js';

/** Where a forge is: scheme, host and port of its pages and of git, and the base address of its API. */
export type ForgeAddresses = Pick<ForgeRepository, 'server' | 'api'>;

/** A remote's address, taken apart by its text: parsers of URLs repair what git and curl read otherwise. */
interface RemoteParts {
  readonly scheme: string;
  /** With port when one is written, in lower case. */
  readonly host: string;
  readonly path: string;
}

const URL_FORM = /^(https?|ssh):\/\/(?:[^\s\\@/?#]*@)?([A-Za-z0-9.-]+(?::\d{1,5})?)\/([^\s\\?#]+)$/i;
const SCP_FORM = /^(?:[\w.+-]+@)?([A-Za-z0-9.-]+):(?!\/)([^\s\\:?#]+)$/;
const SLUG = /^([A-Za-z0-9](?:[\w-]*\w)?)\/([\w.-]+?)(?:\.git)?\/?$/;

/**
 * Base address of the API of a GitHub: of its own, of GitHub Enterprise Cloud with an address of its own
 * (`acme.ghe.com`), else of GitHub Enterprise Server.
 */
export function apiBeside({ origin, protocol, host }: URL): string {
  const isCloud = origin === 'https://github.com' || /^[\w-]+\.ghe\.com$/.test(host);
  return isCloud ? `${protocol}//api.${host}` : `${origin}/api/v3`;
}

/**
 * The repository on the forge that a remote's address names; null when it is another host, or none that could be told
 * apart from another host (design: reliability T11). Hosts are compared as a whole, letters' case aside, and over http
 * so are scheme and port: a token for the forge must not follow a look-alike. Over ssh no token travels, so any port
 * is the forge's.
 */
export function forgeRepositoryOf(remote: string, addresses: ForgeAddresses): ForgeRepository | null {
  const parts = partsOf(remote);
  const server = originOf(addresses.server);
  if (parts === null || server === null || originOf(addresses.api) === null) return null;
  if (!isAt(parts, server)) return null;
  const [, owner, name] = SLUG.exec(parts.path) ?? [];
  if (owner === undefined || name === undefined || /^\.{1,2}$|\.git$/i.test(name)) return null;
  return { owner, name, server: server.origin, api: addresses.api.replace(/\/+$/, '') };
}

function partsOf(remote: string): RemoteParts | null {
  const [, scheme, host, path] = URL_FORM.exec(remote) ?? [];
  if (scheme !== undefined && host !== undefined && path !== undefined)
    return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), path };
  const [, scpHost, scpPath] = SCP_FORM.exec(remote) ?? [];
  if (scpHost === undefined || scpPath === undefined) return null;
  return { scheme: 'ssh', host: scpHost.toLowerCase(), path: scpPath };
}

function originOf(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}

function isAt(parts: RemoteParts, server: URL): boolean {
  if (parts.scheme === 'ssh') return parts.host.replace(/:\d+$/, '') === server.hostname;
  const standard = parts.scheme === 'https' ? /:443$/ : /:80$/;
  return `${parts.scheme}:` === server.protocol && parts.host.replace(standard, '') === server.host;
}
