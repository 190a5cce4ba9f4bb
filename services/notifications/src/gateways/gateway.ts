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
 * within minutes; try again over days (the phone is off or out of coverage); slow the whole channel down
 * without counting the attempt, because it takes no more at this rate; leave the whole channel alone, because
 * it would refuse everything; or let another gateway try, because this one never reaches that phone.
 */
export type Retry = "never" | "opted-out" | "soon" | "away" | "busy" | "pause" | "elsewhere";

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
  /** What it may have said, in the words that were sent. */
  readonly texts: readonly string[];
  readonly since: Date;
  /** Which of these ids of the gateway belong to messages that are settled. */
  readonly taken: (externalIds: readonly string[]) => Promise<ReadonlySet<string>>;
};

export type Finding =
  | { readonly kind: "accepted"; readonly externalId: string }
  /** Proven; absence from a list that may lag is no proof. */
  | { readonly kind: "not-accepted" }
  | { readonly kind: "cannot-tell" };

/** A message that the gateway says a phone has written, whether or not it ever told Minka. */
export type ListedMessage = {
  readonly externalId: string;
  /** E.164 */
  readonly phone: string;
  readonly text: string;
  readonly writtenAt: Date;
};

/** What carries SMS. `send` and `find` do not throw for what the other side does. */
export type Gateway = {
  readonly name: string;
  /** How much it takes in a second, all phones together; infinite where nothing limits it. */
  readonly segmentsPerSecond: number;
  /**
   * A second send with the same id, by whatever attempt, is the same message, unless the first is known to have
   * failed: so a doubtful one may be sent again.
   */
  readonly takesClientIds: boolean;
  /** Hands over the same message twice under different ids. */
  readonly repeatsWithNewIds: boolean;
  send(message: Outgoing): Promise<SendOutcome>;
  find(attempted: Attempted): Promise<Finding>;
  /**
   * What phones wrote since then, or a little before, from the gateway's own list, oldest first. One that has no
   * list to show has what it never told come as webhooks instead, and lists nothing. Throws when it cannot be read.
   */
  readonly received?: (since: Date) => Promise<readonly ListedMessage[]>;
  /** Has the gateway forget a message's words; false when it could not, or not yet. */
  readonly redact?: (externalId: string) => Promise<boolean>;
};
