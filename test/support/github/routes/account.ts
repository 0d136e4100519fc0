import { type Handler, Refusal } from '../call.js';
import { account } from '../people.js';
import { repositoryView } from '../views.js';

const whoami: Handler = ({ world, token, login }) => {
  if (token === null) throw new Refusal(401, 'Requires authentication');
  if (token.kind === 'actions') throw new Refusal(403, 'Resource not accessible by integration');
  return { status: 200, body: world.shape('public-user', { ...account(world, login), user_view_type: 'public' }) };
};

const repository: Handler = ({ world, repository: found, login }) => ({
  status: 200,
  body: repositoryView(world, found, login, 'full-repository'),
});

const rateLimit: Handler = ({ world, limit }) => {
  const resource = { ...limit };
  const one = world.shape('rate-limit', resource);
  return {
    status: 200,
    body: world.shape('rate-limit-overview', { resources: { core: one, search: one }, rate: one }),
  };
};

/** Answers of the operations on accounts and whole repositories. */
export const accountRoutes: Readonly<Record<string, Handler>> = {
  'users/get-authenticated': whoami,
  'rate-limit/get': rateLimit,
  'repos/get': repository,
};
