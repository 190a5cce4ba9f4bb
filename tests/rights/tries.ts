import { roles } from "@minka/contracts/rights";
import type { Callers } from "./callers.ts";
import type { Rows, World } from "./world.ts";

/** Beside the roles of the table: who acts for a producer. */
export const triedRoles = [...roles, "delegate"] as const;
export type TriedRole = (typeof triedRoles)[number];

/** One call of an endpoint as one role, with whose rows. */
export type Try = {
  readonly role: TriedRole;
  readonly rows: Rows;
  /** Whether the rows are of who calls, as far as they have any. */
  readonly own: boolean;
  /** Somebody else's row, in the place of the one that the address names within the first. */
  readonly inner?: string;
};

/** What cannot be read off the contract: which of several rows, and bodies that have to make sense. */
export type Input = {
  readonly params?: Rows;
  readonly query?: Rows;
  readonly body?: object;
};
export type Means = Callers & { readonly world: World };
export type Written = (attempt: Try, means: Means) => Input | Promise<Input>;
