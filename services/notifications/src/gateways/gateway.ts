/** One attempt to hand an SMS over. */
export type Outgoing = {
  readonly id: string;
  /** 1 for the first try: a report names the attempt that it is about. */
  readonly attempt: number;
  readonly phone: string;
  readonly text: string;
  /** Worth nothing to its reader after this. */
  readonly expiresAt: Date;
  /** Not to be kept by anyone after `expiresAt`. */
  readonly ephemeral: boolean;
};

/**
 * What to do about a refusal: nothing; nothing, and remember that the phone wants no messages; try again
 * within minutes; try again over days (the phone is off or out of coverage); or leave the whole channel
 * alone, because it would refuse everything.
 */
export type Retry = "never" | "opted-out" | "soon" | "away" | "pause";

export type Refusal = { readonly code: string; readonly retry: Retry };

export type SendOutcome =
  | { readonly kind: "accepted"; readonly externalId: string }
  /** The gateway certainly did not take it. */
  | ({ readonly kind: "refused" } & Refusal)
  /** It may have: there was no answer, or one that says neither. */
  | { readonly kind: "unknown"; readonly error: string };

/** An attempt of which nobody knows whether the gateway took it. */
export type Attempted = {
  readonly id: string;
  readonly phone: string;
  /** Null when it has been blanked. */
  readonly text: string | null;
  readonly since: Date;
  /** Which of these ids of the gateway belong to messages that are settled. */
  readonly taken: (externalIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

export type Finding =
  | { readonly kind: "accepted"; readonly externalId: string }
  /** Proven; absence from a list that may lag is no proof. */
  | { readonly kind: "not-accepted" }
  | { readonly kind: "cannot-tell" };

/** What carries SMS. `send` and `find` do not throw for what the other side does. */
export type Gateway = {
  readonly name: string;
  /** A second send with the same id is the same message, so that a doubtful one may be sent again. */
  readonly takesClientIds: boolean;
  /** Hands over the same message twice under different ids. */
  readonly repeatsWithNewIds: boolean;
  send(message: Outgoing): Promise<SendOutcome>;
  find(attempted: Attempted): Promise<Finding>;
};
