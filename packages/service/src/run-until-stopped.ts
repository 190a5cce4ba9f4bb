/** Long enough to finish what is in progress, short enough for whoever pressed Ctrl-C. */
const stopWithinMs = 4_500;

/**
 * Runs a process until SIGTERM or SIGINT, then stops it in order. `start` returns how to stop. A failure to
 * start is one line on stderr and exit code 1; `describe` turns an error into that line. Asked while it still starts,
 * `signal` is aborted: a start of many steps gives up between two of them and undoes what it has done.
 */
export async function runUntilStopped(
  start: (signal: AbortSignal) => Promise<() => Promise<void>>,
  describe: (error: unknown) => string,
): Promise<void> {
  // Deferred, so that a signal finds it whatever `start` does first.
  const asked = new AbortController();
  const starting = Promise.resolve(asked.signal).then(start);
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    asked.abort();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    // Asked while it still starts, it stops as soon as it knows how: what it has started by then is not left behind.
    void starting
      .then(
        (stop) => stop(),
        () => undefined, // Said below, or given up as it was asked to.
      )
      .catch((error: unknown) => process.stderr.write(`Stopping failed: ${describe(error)}\n`))
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  try {
    await starting;
  } catch (error) {
    if (asked.signal.aborted) return;
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  }
}
