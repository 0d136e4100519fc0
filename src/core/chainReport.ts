import { stageName } from './chain.js';
import { shortSha } from './commit.js';
import type { ChainState, LandingState } from './facts.js';
import { asCode } from './pullRequestText.js';

/** What the report of a chain is made of. */
export interface ChainReportParts {
  readonly chain: ChainState;
  readonly landings: readonly LandingState[];
  /** Subject of a commit of a sibling, as it is known; foreign text. */
  readonly subjectOf: (sibling: string, sha: string) => string | null;
}

/** The report of a chain that reached its end, as Markdown: what landed, and how each stage went. */
export function chainReport({ chain, landings, subjectOf }: ChainReportParts): string {
  const rows = landings.flatMap(({ sibling, picks }) =>
    picks.map(({ origin, pick }) => {
      const subject = asCode(subjectOf(sibling, origin) ?? '');
      return `| ${asCode(sibling)} | \`${shortSha(origin)}\` | \`${shortSha(pick)}\` | ${subject} |`;
    }),
  );
  const stages = chain.stages.map(({ stage, state, page }) => {
    const name = stageName(stage);
    return `| ${page === null ? name : `[${name}](${page})`} | ${state} |`;
  });
  return [
    '# The last deployment of work from siblings',
    '',
    `AutoSync run \`${chain.run}\`, commit \`${chain.head}\`, ${chain.since}. ${chain.outcome}`,
    '',
    '| stage | outcome |',
    '|---|---|',
    ...stages,
    '',
    '| sibling | its commit | here | what |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
