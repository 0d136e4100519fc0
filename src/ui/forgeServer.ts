import { apiBeside } from '../core/forgeRepository.js';
import { USUAL_ORIGIN } from './commands/tokenWords.js';

/** Where the target's forge is. */
export interface ForgeServer {
  /** Scheme, host and port of its pages and of git over HTTP. */
  readonly origin: string;
  /** Base address of its API. */
  readonly api: string;
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** True for what a token may be sent to, and a browser be led to: https, or http on this machine. */
export const isSafeAddress = ({ protocol, hostname, username, password }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname))) && username === '' && password === '';

/**
 * What was written as the address of a GitHub; nothing stands for github.com. Null when it is no address of a server
 * alone, or none that a token may be sent to.
 */
export function forgeServerOf(written: string): ForgeServer | null {
  const text = written.trim() === '' ? USUAL_ORIGIN : written.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !isSafeAddress(url) || url.pathname !== '/' || url.search !== '' || url.hash !== '') return null;
  return { origin: url.origin, api: apiBeside(url) };
}
