/** What a fake gateway has taken, once and for all: what its own list later forgets or blanks stays here. */
export type Acceptance = {
  readonly at: Date;
  readonly id: string;
  readonly to: string;
  readonly body: string;
};

export type Acceptances = {
  add(acceptance: Acceptance): void;
  all(): readonly Acceptance[];
};

/** A record that only grows: against it, at the end, the database is held. */
export function recordAcceptances(): Acceptances {
  const entries: Acceptance[] = [];
  return {
    add: (acceptance) => void entries.push(Object.freeze({ ...acceptance })),
    all: () => entries.slice(),
  };
}
