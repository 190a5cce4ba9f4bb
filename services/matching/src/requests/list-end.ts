/** Two evenings: whoever comes back from the plot late still finds the list open. */
const listHours = 48;

/** Until when a list that is shown at `now` can be chosen from. */
export function listEnd(now: Date): Date {
  return new Date(now.getTime() + listHours * 3_600_000);
}
