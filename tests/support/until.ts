/** Asks until the answer is one that is wanted; for processes of their own, whose clock a test cannot hold. */
export async function until<Result>(
  question: () => Promise<Result | undefined>,
  { what, withinMs = 20_000 }: { what: string; withinMs?: number },
): Promise<Result> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await question().catch((error: unknown) => {
      if (performance.now() > deadline) throw error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
