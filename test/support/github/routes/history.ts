import { tryGit } from '../../plainGit.js';
import { commitAt } from '../bare.js';
import { type Call, type Handler, notFound, page } from '../call.js';
import { userView } from '../people.js';
import { commitView } from '../views.js';

/** A person's commits carry the login as their author's name; a name that is no login has no account. */
function listed(call: Call, sha: string): ReturnType<typeof commitView> {
  const name = tryGit(call.repository.folder, ['log', '-1', '--format=%an', sha]).text.trim();
  return { ...commitView(call.world, call.repository, sha), author: isLogin(name) ? userView(call.world, name) : null };
}

const isLogin = (name: string): boolean => /^[\w-]+(?:\[bot\])?$/.test(name);

const list: Handler = (call) => {
  const { repository, query } = call;
  const from = query['sha'] ?? repository.defaultBranch;
  const start = /^[0-9a-f]{40}$/.test(from) ? from : `refs/heads/${from}`;
  if (commitAt(repository.folder, start) === null) throw notFound();
  const paths = query['path'] === undefined ? [] : [query['path']];
  const shas = tryGit(repository.folder, ['log', '--format=%H', start, '--', ...paths]).text.split('\n');
  return page(
    call,
    shas.filter(Boolean).map((sha) => listed(call, sha)),
  );
};

/** Answers of the operations on histories. */
export const historyRoutes: Readonly<Record<string, Handler>> = {
  'repos/list-commits': list,
};
