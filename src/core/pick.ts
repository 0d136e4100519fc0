import type { SiblingConfig } from './config.js';
import type { PickRequest } from './gitPort.js';
import { type Judged, keepOf } from './judged.js';
import { pickMessage } from './message.js';

/** `owner/repository` of a sibling on GitHub; null for folders and other hosts. */
export function slugOf(sibling: Pick<SiblingConfig, 'url'>): string | null {
  return (
    /^(?:https:\/\/github\.com\/|ssh:\/\/git@github\.com\/|git@github\.com:)([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      sibling.url ?? '',
    )?.[1] ?? null
  );
}

/** What to pick of a commit and the message it lands with. */
export function pickRequest(judged: Judged, sibling: SiblingConfig, run: string): PickRequest {
  const keep = keepOf(judged);
  const left = judged.dropped
    .map((file) => file.path)
    .slice(0, 5)
    .join(', ');
  const notes =
    keep === undefined ? [] : [`AutoSync left out, by rule: ${left}${judged.dropped.length > 5 ? ', ...' : ''}`];
  const message = pickMessage({
    message: judged.commit.message,
    origin: { sibling: sibling.name, sha: judged.commit.sha, slug: slugOf(sibling) },
    run,
    notes,
  });
  return { commit: judged.commit, message, ...(keep === undefined ? {} : { keep }), ...resolutionIn(judged) };
}

function resolutionIn({ resolved }: Judged): Pick<PickRequest, 'resolution'> {
  return resolved === undefined ? {} : { resolution: resolved.files };
}
