import type { Release } from '../install.ts';

export interface Ingredients {
  /** package.json. */
  readonly about: object & { readonly version: string };
  /** The versions that were released before. */
  readonly earlier: readonly string[];
  readonly release: Release;
  /** sql/begin_install.sql, sql/hold_install.sql and sql/role/create_roles.sql. */
  readonly parts: { readonly beginInstall: string; readonly holdInstall: string; readonly createRoles: string };
  readonly license: string;
}

/** Every file of a release by its path in dist/. It depends on nothing but what it is given. */
export function build(ingredients: Ingredients): Readonly<Record<string, string>>;
