import type { Toolchain } from '../core/check.js';
import type { Config, SiblingConfig } from '../core/config.js';
import type { StoreHealth } from '../core/facts.js';
import type { Finding } from '../core/finding.js';
import type { Preflight } from '../core/forgePort.js';
import type { TargetView } from '../core/gitPort.js';
import type { DoctorReport } from '../core/reports.js';
import { sanitize } from '../core/sanitize.js';

/** What `doctor` looks at; each part may fail by itself, and then its error is the finding. */
export interface DoctorPorts {
  gitVersion(): Promise<{ readonly version: string; readonly old: boolean }>;
  target(): Promise<TargetView>;
  config(): Promise<Config>;
  askSibling(sibling: SiblingConfig): Promise<{ readonly branch: string; readonly tip: string }>;
  state(): Promise<StoreHealth>;
  toolchain(): Promise<Toolchain>;
  /** Throws `usage` when the origin that it is for is none. */
  hasSourceToken(): boolean;
  /** What the target's token may do on its forge; null when work lands on branches of the target. Throws `usage`. */
  forge(): Promise<Preflight | null>;
  /** How checks are kept apart from the rest of the machine. */
  isolation(): Promise<'bwrap' | 'unshare' | 'group'>;
}

const good = (subject: string, what: string): Finding => ({ subject, state: 'good', what: sanitize(what), mend: '' });

const bad = (subject: string, error: unknown): Finding => ({
  subject,
  state: 'bad',
  what: sanitize(error instanceof Error ? error.message : String(error), 800),
  mend: 'The message says how; then run `autosync doctor` again.',
});

async function look(subject: string, ask: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    return [bad(subject, error)];
  }
}

async function aboutGit(ports: DoctorPorts): Promise<readonly Finding[]> {
  const { version, old } = await ports.gitVersion();
  if (!old) return [good('git', `version ${version}`)];
  const what = `version ${version}; releases before 2.43.7 have known holes for hostile repositories, unless your distribution mended them`;
  return [
    {
      subject: 'git',
      state: 'warning',
      what,
      mend: 'Update git when you can; AutoSync refuses the known attacks itself.',
    },
  ];
}

async function aboutTarget(ports: DoctorPorts): Promise<readonly Finding[]> {
  const target = await ports.target();
  return [
    good('target', `${target.root} on ${target.branch} at ${target.head.slice(0, 10)}`),
    ...target.notes.map((what): Finding => ({ subject: 'target', state: 'warning', what: sanitize(what), mend: '' })),
  ];
}

async function aboutState(ports: DoctorPorts): Promise<readonly Finding[]> {
  const { source, notes, generation } = await ports.state();
  if (notes.length === 0)
    return [good('state', source === 'new' ? 'nothing is remembered yet' : `sound, generation ${generation}`)];
  return notes.map(
    (what): Finding => ({
      subject: 'state',
      state: 'warning',
      what: sanitize(what, 800),
      mend: 'Nothing to do: the state was rebuilt. `autosync audit` holds it against git.',
    }),
  );
}

const siblingCount = ({ siblings }: Config): string => `${siblings.length} sibling${siblings.length === 1 ? '' : 's'}`;

async function aboutSiblings(ports: DoctorPorts): Promise<readonly Finding[]> {
  const { siblings } = await ports.config();
  if (siblings.length === 0)
    return [
      {
        subject: 'siblings',
        state: 'warning',
        what: 'none are configured',
        mend: 'Run `autosync init`, or name them in .autosync/config.json.',
      },
    ];
  const found = await Promise.all(
    siblings.map((sibling) =>
      look(`sibling ${sibling.name}`, async () => {
        const { branch, tip } = await ports.askSibling(sibling);
        return [good(`sibling ${sibling.name}`, `answers: ${branch} at ${tip.slice(0, 10)}`)];
      }),
    ),
  );
  return found.flat();
}

function aboutToken(ports: DoctorPorts, config: Config | null): readonly Finding[] {
  const remote = config?.siblings.some((sibling) => sibling.url !== undefined) ?? false;
  if (ports.hasSourceToken()) return [good('source token', 'set; it is sent to one origin only')];
  return remote ? [good('source token', 'not set; only public siblings can be read')] : [];
}

async function aboutForge(ports: DoctorPorts): Promise<readonly Finding[]> {
  const preflight = await ports.forge();
  return preflight === null
    ? [good('landing', 'on local branches; with a GitHub remote and GITHUB_TOKEN set, by pull requests')]
    : preflight.findings;
}

/** Checks everything a run depends on, and says how to mend what is not well. */
export async function examine(ports: DoctorPorts): Promise<DoctorReport> {
  const config = await ports.config().catch(() => null);
  const toolchain = await ports.toolchain().catch(() => null);
  const findings = [
    ...(await look('git', () => aboutGit(ports))),
    ...(await look('target', () => aboutTarget(ports))),
    ...(await look('configuration', async () => [good('configuration', siblingCount(await ports.config()))])),
    ...(config === null ? [] : await look('siblings', () => aboutSiblings(ports))),
    ...(await look('source token', async () => aboutToken(ports, config))),
    ...(config === null ? [] : await look('landing', () => aboutForge(ports))),
    ...(await look('state', () => aboutState(ports))),
    ...aboutChecks(toolchain),
    ...(await look('isolation', () => aboutIsolation(ports))),
  ];
  return { findings, toolchain };
}

function aboutChecks(toolchain: Toolchain | null): readonly Finding[] {
  if (toolchain === null) return [];
  const names = toolchain.checks.map((check) => check.name);
  if (names.length > 12) return [good('checks', `${names.length}, from ${names[0]} to ${names.at(-1)}`)];
  if (names.length > 0) return [good('checks', names.join(', '))];
  return [
    {
      subject: 'checks',
      state: 'warning',
      what: 'none were found, so nothing merges by itself',
      mend: 'List them under "validate": { "checks": [...] } in .autosync/config.json.',
    },
  ];
}

async function aboutIsolation(ports: DoctorPorts): Promise<readonly Finding[]> {
  const kind = await ports.isolation();
  if (kind === 'bwrap') return [good('isolation', 'checks run under bubblewrap and can write nowhere else')];
  if (kind === 'unshare')
    return [good('isolation', 'checks run in namespaces of their own and can write nowhere else')];
  const token = ports.hasSourceToken() ? ', the source token among it' : '';
  return [
    {
      subject: 'isolation',
      state: 'warning',
      what: `checks run in a process group only: they can write where you can, and may read what AutoSync was started with${token}`,
      mend: 'On Linux, install bubblewrap or allow user namespaces; elsewhere, run AutoSync in a container or without a token in its environment.',
    },
  ];
}
