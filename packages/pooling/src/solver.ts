import loadHighs, { type Highs, type ModelData } from "highs";

/**
 * A mixed-integer program while it is being written: minimize the sum of cost × column, subject to rows of columns
 * between bounds. Columns and rows are spoken of by the number that adding them returned.
 */
export type Program = {
  columns: { cost: number; lower: number; upper: number; integer: boolean }[];
  rows: { lower: number; upper: number; entries: readonly Entry[] }[];
};

/** A column and its coefficient in a row. */
export type Entry = readonly [column: number, coefficient: number];

/** `ms` is of the processor in the solver alone. */
export type Solved =
  | { outcome: "optimal" | "stopped"; values: Float64Array; objective: number; bound: number; ms: number }
  | { outcome: "infeasible"; ms: number };

export type SolveOptions = {
  /** A value for each column: a known good solution to begin from. */
  start?: Float64Array;
  /** How much better the true optimum may be (below 1 for an objective of whole numbers: then it is exact). */
  gap?: number;
  /** By how much a row may be missed, or a whole number be none. */
  tolerance?: number;
  seconds?: number;
  /** After `seconds`, the best found so far comes back as `stopped`, with the bound that no solution passes. */
  orBest?: boolean;
  presolve?: "choose" | "off";
};

/** Time ended before there was a solution, or, where only the optimum will do, before it was proven. */
export class SolverOutOfTime extends Error {}

export function newProgram(): Program {
  return { columns: [], rows: [] };
}

export function addColumn(
  program: Program,
  { cost = 0, lower = 0, upper = Infinity, integer = false }: Partial<Program["columns"][number]>,
): number {
  return program.columns.push({ cost, lower, upper, integer }) - 1;
}

/** A column may stand once in a row. */
export function addRow(
  program: Program,
  entries: readonly Entry[],
  { lower = -Infinity, upper = Infinity }: { lower?: number; upper?: number },
): number {
  return program.rows.push({ lower, upper, entries }) - 1;
}

let loaded: Promise<Highs> | undefined;

/** The WebAssembly build of HiGHS, loaded once for a process or thread. */
export function loadSolver(): Promise<Highs> {
  // The package declares the types of its CommonJS build for its module too, where the loader is the default itself.
  loaded ??= (loadHighs as unknown as typeof loadHighs.default)();
  return loaded;
}

/**
 * The proven optimum. Numbers come back as floating point: the caller rounds and checks them. The work is done in this
 * thread and cannot be interrupted. Throws when HiGHS ends with neither an optimum nor a proof that there is none, also
 * after `seconds`, unless the best found so far is asked for.
 */
export function solveProgram(
  highs: Highs,
  program: Program,
  {
    start,
    gap = 1e-6,
    tolerance = 1e-7,
    seconds = 300,
    orBest = false,
    presolve = "choose",
  }: SolveOptions = {},
): Solved {
  if (program.columns.length === 0)
    return { outcome: "optimal", values: new Float64Array(0), objective: 0, bound: 0, ms: 0 };
  const from = process.cpuUsage();
  return highs.withModel(modelData(program), (model): Solved => {
    model.options.set({
      output_flag: false,
      presolve,
      mip_rel_gap: 0,
      mip_abs_gap: gap,
      mip_feasibility_tolerance: tolerance,
      primal_feasibility_tolerance: tolerance,
      time_limit: seconds,
    });
    if (start) model.setSolution({ colValue: start });
    model.run();
    const status = model.getModelStatus();
    const { user, system } = process.cpuUsage(from);
    const ms = (user + system) / 1000;
    const { modelStatus, solutionStatus } = highs.constants;
    const { optimal, infeasible, timeLimit } = modelStatus;
    if (status === infeasible) return { outcome: "infeasible", ms };
    const found = Number(model.info.get("primal_solution_status")) === solutionStatus.feasible;
    if (!(status === optimal || (orBest && status === timeLimit && found))) {
      if (status === timeLimit) throw new SolverOutOfTime(`HiGHS found nothing in ${seconds} seconds`);
      throw new Error(`HiGHS ended with status ${status}`);
    }
    const objective = model.getObjectiveValue();
    const whole = program.columns.some(({ integer }) => integer);
    return {
      outcome: status === optimal ? "optimal" : "stopped",
      // Copied: what the model lends ends with it.
      values: Float64Array.from(model.getSolution().colValue),
      objective,
      bound: whole ? Number(model.info.get("mip_dual_bound")) : objective,
      ms,
    };
  });
}

function modelData({ columns, rows }: Program): ModelData {
  const starts = new Int32Array(rows.length + 1);
  for (const [index, { entries }] of rows.entries())
    starts[index + 1] = (starts[index] ?? 0) + entries.length;
  return {
    numCols: columns.length,
    numRows: rows.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: Float64Array.from(columns, ({ lower }) => lower),
    colUpper: Float64Array.from(columns, ({ upper }) => upper),
    rowLower: Float64Array.from(rows, ({ lower }) => lower),
    rowUpper: Float64Array.from(rows, ({ upper }) => upper),
    matrix: {
      format: "csr",
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: Int32Array.from(rows.flatMap(({ entries }) => entries.map(([column]) => column))),
      values: Float64Array.from(rows.flatMap(({ entries }) => entries.map(([, coefficient]) => coefficient))),
    },
    ...(columns.some(({ integer }) => integer)
      ? { integrality: Int32Array.from(columns, ({ integer }) => (integer ? 1 : 0)) }
      : {}),
  };
}
