import type { Workspace, WorkspacePackage } from '../core/workspace.js';
import { type Manifest, parseManifest, parseObject } from './manifest.js';
import type { MemberFiles } from './workspaceFolders.js';

/** A package of a workspace, with what its package.json says. */
export interface Member extends WorkspacePackage {
  readonly manifest: Manifest;
  /** Text of its tsconfig.json; null when there is none. */
  readonly tsconfig: string | null;
  /** What Nx calls it. */
  readonly projectName: string;
}

/** What is known of a workspace before anything is decided. */
export type WorkspaceFiles =
  | { readonly kind: 'none' }
  /** There is one, and it is not clear what belongs to it: why, in words. */
  | { readonly kind: 'unclear'; readonly why: string }
  | { readonly kind: 'found'; readonly because: string; readonly members: readonly MemberFiles[] };

/** The packages of a workspace with who depends on whom, dependencies first. */
export function membersOf(files: readonly MemberFiles[]): readonly Member[] {
  const named = files.flatMap((one) => {
    const manifest = parseManifest(one.packageJson);
    return manifest === null ? [] : [{ ...one, manifest, name: manifest.name ?? one.folder }];
  });
  const folders = new Map(named.map(({ name, folder }) => [name, folder]));
  return inOrder(
    named.map(({ folder, name, manifest, projectJson, tsconfig }) => ({
      folder,
      name,
      manifest,
      tsconfig,
      projectName: projectNameOf(projectJson) ?? name,
      dependsOn: [...manifest.dependencies].flatMap((one) => folders.get(one) ?? []).filter((one) => one !== folder),
    })),
  );
}

/** Only what the core needs to know. */
export function workspaceOf(members: readonly Member[], because: string): Workspace {
  return { because, packages: members.map(({ folder, name, dependsOn }) => ({ folder, name, dependsOn })) };
}

function projectNameOf(projectJson: string | null): string | null {
  const name = projectJson === null ? undefined : parseObject(projectJson)?.name;
  return typeof name === 'string' && name !== '' ? name : null;
}

/** Dependencies before what depends on them; where they go in a circle, as they come. */
function inOrder(members: readonly Member[]): readonly Member[] {
  const placed = new Set<string>();
  const ordered: Member[] = [];
  while (ordered.length < members.length) {
    const left = members.filter(({ folder }) => !placed.has(folder));
    const ready = left.filter(({ dependsOn }) => dependsOn.every((one) => placed.has(one)));
    const next = ready.length > 0 ? ready : left.slice(0, 1);
    for (const { folder } of next) placed.add(folder);
    ordered.push(...next);
  }
  return ordered;
}
