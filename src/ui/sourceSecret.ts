/** A token that reads siblings, and the one origin that it is sent to. */
export interface SourceSecret {
  readonly token: string;
  /** Scheme, host and port. */
  readonly origin: string;
}

/** What the editor's secret storage is given. */
export const writeSecret = ({ token, origin }: SourceSecret): string => JSON.stringify({ origin, token });

/** What it gave back; undefined when there is none, or when it is nothing of ours. */
export function readSecret(kept: string | undefined): SourceSecret | undefined {
  if (kept === undefined) return undefined;
  try {
    const { token, origin } = JSON.parse(kept) as Partial<Record<keyof SourceSecret, unknown>>;
    return typeof token === 'string' && typeof origin === 'string' ? { token, origin } : undefined;
  } catch {
    return undefined;
  }
}
