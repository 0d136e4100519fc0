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

/** Answers of the operations on accounts and whole repositories. */
export const accountRoutes: Readonly<Record<string, Handler>> = {
  'users/get-authenticated': whoami,
  'repos/get': repository,
};
