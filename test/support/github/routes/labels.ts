import { type Call, type Handler, invalid, notFound, page } from '../call.js';
import { isObject, type Json, textAt } from '../json.js';
import { labelView } from '../views.js';
import type { Label, Pull } from '../world.js';
import { pullOf } from './pulls.js';

const key = (name: string): string => name.toLowerCase();

function store(call: Call, name: string, color: string, description: string | null): Label {
  const label: Label = { id: call.world.nextId(), name, color, description };
  call.repository.labels.set(key(name), label);
  return label;
}

const list: Handler = (call) =>
  page(
    call,
    [...call.repository.labels.values()].map((label) => labelView(call.world, call.repository, label)),
  );

const create: Handler = (call) => {
  const name = textAt(call.body, 'name') ?? '';
  const color = textAt(call.body, 'color') ?? 'ededed';
  if (call.repository.labels.has(key(name))) {
    throw invalid([{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  }
  if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid([{ resource: 'Label', code: 'invalid', field: 'color' }]);
  if ((textAt(call.body, 'description') ?? '').length > 100) {
    throw invalid([{ resource: 'Label', code: 'custom', field: 'description', message: 'description is too long' }]);
  }
  const label = store(call, name, color, textAt(call.body, 'description'));
  return { status: 201, body: labelView(call.world, call.repository, label) };
};

const get: Handler = (call) => {
  const label = call.repository.labels.get(key(call.values['name'] ?? ''));
  if (label === undefined) throw notFound();
  return { status: 200, body: labelView(call.world, call.repository, label) };
};

function namesIn(body: Json | undefined): readonly string[] {
  const labels = isObject(body) ? body['labels'] : body;
  if (!Array.isArray(labels)) return [];
  return labels.flatMap((label: Json) =>
    typeof label === 'string' ? [label] : (textAt(isObject(label) ? label : {}, 'name') ?? []),
  );
}

/** GitHub makes the labels it does not know. */
function known(call: Call, names: readonly string[]): readonly string[] {
  return names.map((name) => (call.repository.labels.get(key(name)) ?? store(call, name, 'ededed', null)).name);
}

function shown(call: Call, pull: Pull): Json {
  return pull.labels.flatMap((name) => {
    const label = call.repository.labels.get(key(name));
    return label === undefined ? [] : [labelView(call.world, call.repository, label)];
  });
}

const listOnPull: Handler = (call) => ({ status: 200, body: shown(call, pullOf(call)) });

const add: Handler = (call) => {
  const pull = pullOf(call);
  pull.labels = [...new Set([...pull.labels, ...known(call, namesIn(call.body))])];
  return { status: 200, body: shown(call, pull) };
};

const set: Handler = (call) => {
  const pull = pullOf(call);
  pull.labels = [...new Set(known(call, namesIn(call.body)))];
  return { status: 200, body: shown(call, pull) };
};

const remove: Handler = (call) => {
  const pull = pullOf(call);
  const name = key(call.values['name'] ?? '');
  if (!pull.labels.some((label) => key(label) === name)) throw notFound();
  pull.labels = pull.labels.filter((label) => key(label) !== name);
  return { status: 200, body: shown(call, pull) };
};

/** Answers of the operations on labels. */
export const labelRoutes: Readonly<Record<string, Handler>> = {
  'issues/list-labels-for-repo': list,
  'issues/create-label': create,
  'issues/get-label': get,
  'issues/list-labels-on-issue': listOnPull,
  'issues/add-labels': add,
  'issues/set-labels': set,
  'issues/remove-label': remove,
};
