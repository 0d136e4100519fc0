import { assertNever } from '../src/core/errors.js';
import type { Kpis } from '../src/core/kpi.js';
import type { PageCommand, PageContent } from '../src/core/protocol.js';

/** A button that a vacancy offers. */
export interface Offer {
  readonly label: string;
  readonly does: PageCommand | 'refresh';
}

/** What is said where there are no figures: why, and what to do about it; the first offer is the obvious one. */
export interface Vacancy {
  readonly tone: 'calm' | 'fault';
  readonly title: string;
  readonly lines: readonly string[];
  readonly offers: readonly Offer[];
}

const FIND: Offer = { label: 'Find Siblings', does: 'autosync.findSiblings' };

const NO_TARGET: Vacancy = {
  tone: 'calm',
  title: 'No repository is open',
  lines: ['Open a folder with a git repository; AutoSync brings it what its siblings improved.'],
  offers: [],
};

const NO_SIBLINGS: Vacancy = {
  tone: 'calm',
  title: 'No siblings yet',
  lines: [
    'Siblings are repositories whose improvements may fit this one: forks, an upstream, copies of one template.',
    'Once AutoSync knows one, this panel tells how far apart you are, what waits for you, and how long work takes to arrive.',
  ],
  offers: [FIND],
};

const NEVER_LOOKED: Vacancy = {
  tone: 'calm',
  title: 'The siblings were not looked at yet',
  lines: [
    'A scan finds what is incoming and changes nothing. A sync also validates it, and lands what your configuration allows.',
    'Figures appear here after the first one.',
  ],
  offers: [
    { label: 'Scan', does: 'autosync.scan' },
    { label: 'Sync Now', does: 'autosync.sync' },
  ],
};

const isUntouched = ({ siblings, runs, checkedAt }: Kpis): boolean =>
  checkedAt === null && runs.total === 0 && siblings.every(({ seenAt, error }) => seenAt === null && error === null);

function vacancyOfFigures(kpis: Kpis): Vacancy | null {
  if (kpis.siblings.length === 0) return NO_SIBLINGS;
  return isUntouched(kpis) ? NEVER_LOOKED : null;
}

/** What is said instead of figures; null when there are figures to show. */
export function vacancyOf(content: PageContent): Vacancy | null {
  switch (content.kind) {
    case 'figures':
      return vacancyOfFigures(content.kpis);
    case 'no-target':
      return NO_TARGET;
    case 'not-set-up':
      return { ...NO_SIBLINGS, title: 'AutoSync is not set up here', lines: [...NO_SIBLINGS.lines, content.message] };
    case 'failed':
      return {
        tone: 'fault',
        title: 'The figures cannot be read',
        lines: [content.message],
        offers: [{ label: 'Try Again', does: 'refresh' }],
      };
    default:
      return assertNever(content);
  }
}
