/** Where a process reads the time. Rules never ask the machine or the database, so tests can move it. */
export type Clock = () => Date;

/** The machine's time, shifted by `offsetMs` to rehearse a wrong clock. */
export function systemClock(offsetMs = 0): Clock {
  return () => new Date(Date.now() + offsetMs);
}
