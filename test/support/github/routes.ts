import type { Handler } from './call.js';
import { accountRoutes } from './routes/account.js';
import { actionRoutes } from './routes/actions.js';
import { branchRoutes } from './routes/branches.js';
import { commitRoutes } from './routes/commits.js';
import { historyRoutes } from './routes/history.js';
import { issueRoutes } from './routes/issues.js';
import { labelRoutes } from './routes/labels.js';
import { peopleRoutes } from './routes/people.js';
import { pullRoutes } from './routes/pulls.js';
import { refRoutes } from './routes/refs.js';

/** What answers each operation, by GitHub's name of it. */
export const ROUTES: Readonly<Record<string, Handler>> = {
  ...accountRoutes,
  ...actionRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...historyRoutes,
  ...issueRoutes,
  ...labelRoutes,
  ...peopleRoutes,
  ...pullRoutes,
  ...refRoutes,
};
