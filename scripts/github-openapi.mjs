// Writes the part of GitHub's OpenAPI description that the stand-in of the tests validates with:
//   npm i --ignore-scripts @octokit/openapi@23.0.2     (in a folder outside this project: it is 385 MB)
//   node scripts/github-openapi.mjs <that folder>/node_modules/@octokit/openapi/generated/api.github.com.json
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const OPERATIONS = [
  'users/get-authenticated',
  'rate-limit/get',
  'orgs/check-membership-for-user',
  'repos/get',
  'repos/get-branch',
  'repos/get-branch-protection',
  'repos/get-branch-rules',
  'repos/get-commit',
  'repos/list-commits',
  'repos/compare-commits-with-basehead',
  'repos/get-combined-status-for-ref',
  'repos/list-commit-statuses-for-ref',
  'repos/create-commit-status',
  'repos/list-pull-requests-associated-with-commit',
  'repos/check-collaborator',
  'repos/get-collaborator-permission-level',
  'repos/get-content',
  'checks/list-for-ref',
  'git/get-ref',
  'git/list-matching-refs',
  'git/create-ref',
  'git/update-ref',
  'git/delete-ref',
  'git/get-commit',
  'pulls/list',
  'pulls/create',
  'pulls/get',
  'pulls/update',
  'pulls/merge',
  'pulls/check-if-merged',
  'pulls/update-branch',
  'pulls/list-files',
  'pulls/list-commits',
  'pulls/list-reviews',
  'pulls/request-reviewers',
  'issues/list-labels-for-repo',
  'issues/create-label',
  'issues/get',
  'issues/get-label',
  'issues/list-labels-on-issue',
  'issues/add-labels',
  'issues/set-labels',
  'issues/remove-label',
  'issues/add-assignees',
  'issues/check-user-can-be-assigned',
  'issues/list-comments',
  'issues/create-comment',
  'issues/update-comment',
  'actions/list-repo-workflows',
  'actions/get-workflow',
  'actions/create-workflow-dispatch',
  'actions/list-workflow-runs',
  'actions/list-workflow-runs-for-repo',
  'actions/get-workflow-run',
  'actions/list-jobs-for-workflow-run',
  'actions/re-run-workflow-failed-jobs',
  'actions/cancel-workflow-run',
  'actions/get-github-actions-default-workflow-permissions-repository',
];
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const PROSE = new Set(['description', 'summary', 'example', 'examples', 'externalDocs', 'title', 'tags', 'deprecated']);

/** Where the keys are names that the description chose, not words of OpenAPI. */
const NAMES = new Set(['properties', 'schemas', 'parameters', 'responses', 'headers', 'paths', 'content']);

/** A value without prose, examples and extensions: what is left decides whether a message is valid. */
function bare(value, named = false) {
  if (Array.isArray(value)) return value.map((item) => bare(item));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => named || !(PROSE.has(key) || key.startsWith('x-')));
  return Object.fromEntries(kept.map(([key, item]) => [key, bare(item, !named && NAMES.has(key))]));
}

function chosenPaths(paths) {
  const chosen = {};
  const missing = new Set(OPERATIONS);
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      if (!missing.delete(item[method]?.operationId)) continue;
      const operation = bare({ ...item[method], parameters: item[method].parameters ?? [] });
      chosen[path] = { ...chosen[path], [method]: operation };
    }
  }
  if (missing.size > 0) throw new Error(`The description has no operation ${[...missing].join(', ')}.`);
  return chosen;
}

/** The components that are named below `value`, and those that these name, and so on. */
function reachable(description, value, found = new Map()) {
  for (const [, reference] of JSON.stringify(value).matchAll(/"\$ref":"#\/components\/([^"]+)"/g)) {
    if (found.has(reference)) continue;
    const [kind, name] = reference.split('/');
    const component = bare(description.components[kind][name]);
    found.set(reference, component);
    reachable(description, component, found);
  }
  return found;
}

function componentsOf(found) {
  const components = {};
  for (const reference of [...found.keys()].sort()) {
    const [kind, name] = reference.split('/');
    components[kind] = { ...components[kind], [name]: found.get(reference) };
  }
  return components;
}

/** One line for each path and component: small, and a difference between two versions can be read. */
function printed({ openapi, info, paths, components }) {
  const lines = (map, more) =>
    Object.entries(map)
      .map(([key, value]) => `${more}${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const parts = Object.entries(components).map(([kind, map]) => `    "${kind}": {\n${lines(map, '      ')}\n    }`);
  return [
    '{',
    `  "openapi": ${JSON.stringify(openapi)},`,
    `  "info": ${JSON.stringify(info)},`,
    `  "paths": {\n${lines(paths, '    ')}\n  },`,
    `  "components": {\n${parts.join(',\n')}\n  }`,
    '}\n',
  ].join('\n');
}

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Name the file api.github.com.json of @octokit/openapi.');
const description = JSON.parse(readFileSync(source, 'utf8'));
const paths = chosenPaths(description.paths);
const { version, title, license } = description.info;
const subset = {
  openapi: description.openapi,
  info: { version, title, license },
  paths,
  components: componentsOf(reachable(description, paths)),
};
writeFileSync(resolve(import.meta.dirname, '../test/support/github/openapi.json'), printed(subset));
