/** Whether the database refused a row because of this unique index or constraint. */
export function breaksUnique(error: unknown, constraint: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint_name: name } = cause as { code?: string; constraint_name?: string };
    if (code === "23505") return name === constraint;
  }
  return false;
}
