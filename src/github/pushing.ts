import type { ForgeRepository } from '../core/forgePort.js';

/**
 * Whether the token may push; null when GitHub cannot be asked. Its API does not know: of a fine-grained token it tells
 * what its owner may, of an application's that it may nothing. The first question of a push does, and changes nothing.
 */
export async function mayPush(
  repository: ForgeRepository,
  token: string,
  timeout: number,
  signal: AbortSignal,
): Promise<boolean | null> {
  const { server, owner, name } = repository;
  const address = `${server}/${owner}/${name}.git/info/refs?service=git-receive-pack`;
  const authorization = `Basic ${btoa(`x-access-token:${token}`)}`;
  try {
    const answer = await fetch(address, {
      headers: { authorization },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    await answer.body?.cancel();
    if (answer.status === 200) return true;
    return answer.status === 401 || answer.status === 403 ? false : null;
  } catch {
    return null;
  }
}
