import type { Handler } from './call.js';
import { accountRoutes } from './routes/account.js';
import { branchRoutes } from './routes/branches.js';
import { labelRoutes } from './routes/labels.js';
import { pullRoutes } from './routes/pulls.js';

/** What answers each operation, by GitHub's name of it. */
export const ROUTES: Readonly<Record<string, Handler>> = {
  ...accountRoutes,
  ...branchRoutes,
  ...labelRoutes,
  ...pullRoutes,
};
