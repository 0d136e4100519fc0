/** A role that writes commits in the sample family; nobody real. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
}

/** Content of a sample file: text, or the base64 of a binary one. */
export type DemoContent = string | { readonly base64: string };

/** Replaces the one place of a file where `find` stands. */
export interface DemoEdit {
  readonly path: string;
  readonly find: string;
  readonly put: string;
}

/** The edit that puts one text in the place of another. */
export function swap(path: string, find: string, put: string): DemoEdit {
  return { path, find, put };
}

/** One commit of a sample history, as plain data; it follows the commit before it in its list. */
export interface DemoCommit {
  /** What other commits of the list call it. */
  readonly key?: string;
  /** `{sha of KEY}` stands for the object name of an earlier commit. */
  readonly message: string;
  readonly author: DemoPerson;
  /** Default: the author. */
  readonly committer?: DemoPerson;
  readonly daysAgo: number;
  readonly write?: Readonly<Record<string, DemoContent>>;
  readonly edit?: readonly DemoEdit[];
  readonly remove?: readonly string[];
  /** Paths that become executable. */
  readonly executable?: readonly string[];
  /** Key of its first parent, when that is not the commit before it. */
  readonly after?: string;
  /** Makes it a merge: the commit with the key `side`, which left the main line after `base`. */
  readonly merges?: { readonly side: string; readonly base: string };
}

/** One repository of the sample family. */
export interface DemoRepository {
  /** Its folder, and for a sibling its name in the configuration. */
  readonly name: string;
  /** Oldest first; they start with the template's. */
  readonly commits: readonly DemoCommit[];
}

/** Who wrote what all members of the family have in common. */
export const TEMPLATE_MAINTAINER: DemoPerson = { name: 'Template Maintainer', email: 'maintainer@template.example' };
/** Who works on the sibling `acme`. */
export const ACME_DEVELOPER: DemoPerson = { name: 'Acme Developer', email: 'dev@acme.example' };
/** Who works on the sibling `globex`. */
export const GLOBEX_DEVELOPER: DemoPerson = { name: 'Globex Developer', email: 'dev@globex.example' };
/** Who works on the sibling `initech`. */
export const INITECH_DEVELOPER: DemoPerson = { name: 'Initech Developer', email: 'dev@initech.example' };
/** Who works on the target; also its `user.name` and `user.email`. */
export const DEMO_USER: DemoPerson = { name: 'Demo User', email: 'demo@autosync.example' };
