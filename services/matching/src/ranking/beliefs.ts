/** What an offer gets for a thing that is not known of it: neither reward nor punishment. */
export const unknown = 0.5;

/** 1 at nothing, one half at `half`, towards 0 beyond. Where `half` is 0, all that is more than nothing is 0. */
export function falling(value: number, half: number): number {
  const more = Math.max(0, value);
  return more === 0 ? 1 : half / (half + more);
}

/** A belief from before anything was seen, and how many observations it is worth. */
export type Belief = { readonly mean: number; readonly worth: number };

/**
 * Mean of what was seen, drawn towards the belief (Bayesian mean with a conjugate prior): one five from a cousin
 * does not beat forty fours, and a newcomer gets a first visit.
 */
export function believed({ mean, worth }: Belief, { sum, count }: { sum: number; count: number }): number {
  return (sum + mean * worth) / (Math.max(0, count) + worth);
}
