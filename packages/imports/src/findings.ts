import type { Columns, Finding, Parameters } from "./columns.ts";

/** How many of each are kept; beyond, only counted. */
export const maximumKept = 1_000;

export type Place<C extends Columns> = { readonly row: number; readonly column?: keyof C & string };

/** Collects what is found wrong with a file, under the headers that the person wrote. */
export type Report<C extends Columns> = {
  error(place: Place<C>, code: string, parameters?: Parameters): void;
  warning(place: Place<C>, code: string, parameters?: Parameters): void;
};

export type Findings = {
  readonly errors: readonly Finding[];
  readonly errorCount: number;
  readonly warnings: readonly Finding[];
  readonly warningCount: number;
};

export function collectFindings<C extends Columns>(
  headerOf: (column: keyof C & string) => string,
): { report: Report<C>; add(kind: "error" | "warning", finding: Finding): void; findings(): Findings } {
  const kept = { error: [] as Finding[], warning: [] as Finding[] };
  const add = (kind: "error" | "warning", finding: Finding) => void kept[kind].push(finding);
  const reporting =
    (kind: "error" | "warning"): Report<C>["error"] =>
    ({ row, column }, code, parameters) =>
      add(kind, {
        row,
        column: column === undefined ? null : headerOf(column),
        code,
        ...(parameters ? { parameters } : {}),
      });
  const inOrder = (findings: Finding[]) => findings.toSorted((a, b) => a.row - b.row).slice(0, maximumKept);
  return {
    add,
    report: { error: reporting("error"), warning: reporting("warning") },
    findings: () => ({
      errors: inOrder(kept.error),
      errorCount: kept.error.length,
      warnings: inOrder(kept.warning),
      warningCount: kept.warning.length,
    }),
  };
}
