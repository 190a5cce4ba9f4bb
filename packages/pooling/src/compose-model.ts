import type { SizeClass } from "@minka/domain/size-class";
import type { Limit } from "./compose-limits.ts";
import { payCentimos, type Usable } from "./compose-usable.ts";
import type { LotInstance } from "./lot-instance.ts";
import { addColumn, addRow, newProgram, type Entry, type Program } from "./solver.ts";

/** What one stage asks the most of; of nothing where any choice will do. */
export type Goal = { readonly most: "pay" | "grams" | "nothing"; readonly ofClass?: SizeClass | undefined };

/** What earlier stages reached and later ones keep, in grams. */
export type Floors = {
  readonly classes: ReadonlyMap<SizeClass, number>;
  readonly persons: ReadonlyMap<string, number>;
};

export const noFloors: Floors = { classes: new Map(), persons: new Map() };

export type Stage = {
  readonly instance: LotInstance;
  readonly usable: readonly Usable[];
  readonly limits: readonly Limit[];
  readonly goal: Goal;
  readonly floors: Floors;
};

/** How much more than asked a limit is kept by, in its smallest unit × grams. */
export type Tightening = ReadonlyMap<Limit, bigint>;

/** One unit of a column brings so many grams and céntimos. */
export type Term = { readonly column: number; readonly grams: number; readonly pay: number };

/** Minimizes, so costs are what is wanted, negated. `terms` has an entry for each of the usable, in their order. */
export type LotModel = { readonly program: Program; readonly terms: readonly (readonly Term[])[] };

/**
 * Rows of limits are divided by this, so that the solver's tolerance lies well below what one gram of the smallest
 * unit changes, and far above what floating-point sums lose.
 */
const limitUnit = 1e5;
const gramsInKg = 1_000;

/**
 * Columns: a pickup for each point that costs one; for each contribution its kilograms and whether any are taken, and
 * whether the grams above the last kilogram are taken too, or only whether the whole is. Always in the same order, so
 * that the solution of one stage is a start for the next.
 */
export function buildModel(stage: Stage, tightening: Tightening = new Map()): LotModel {
  const { instance, usable, limits, goal, floors } = stage;
  const program = newProgram();
  const wanted = (index: number, { grams, pay }: Omit<Term, "column">): number => {
    if (goal.most === "pay") return -pay;
    if (goal.most === "nothing") return 0;
    const { sizeClass } = usable[index]?.contribution ?? {};
    return goal.ofClass === undefined || sizeClass === goal.ofClass ? -grams : 0;
  };
  const pickups = new Map<string, number>();
  for (const { contribution } of usable) {
    const cost = costOf(instance, contribution.point);
    if (cost === 0 || contribution.point === null || pickups.has(contribution.point)) continue;
    const column = addColumn(program, { cost: goal.most === "pay" ? cost : 0, upper: 1, integer: true });
    pickups.set(contribution.point, column);
  }

  const terms = usable.map((one, index) => {
    const { point } = one.contribution;
    const pickup = point === null ? undefined : pickups.get(point);
    return addContribution(program, one, { pickup, cost: (brought) => wanted(index, brought) });
  });

  const all = terms.flat();
  addRow(program, inKg(all), {
    lower: instance.minimumGrams / gramsInKg,
    upper: instance.maximumGrams / gramsInKg,
  });
  for (const limit of limits) {
    const entries = usable.flatMap(({ contribution }, index): Entry[] => {
      const excess = limit.excess(contribution);
      if (excess === 0) return [];
      return (terms[index] ?? []).map(({ column, grams }) => [column, (excess * grams) / limitUnit]);
    });
    addRow(program, entries, { upper: -Number(tightening.get(limit) ?? 0n) / limitUnit });
  }
  for (const [sizeClass, grams] of floors.classes) {
    const own = terms.filter((_, index) => usable[index]?.contribution.sizeClass === sizeClass);
    addRow(program, inKg(own.flat()), { lower: grams / gramsInKg });
  }
  addPersonFloors(program, stage, terms);
  return { program, terms };
}

/** What picking up at a point costs. */
export function costOf({ pickupCentimos }: LotInstance, point: string | null): number {
  return point !== null && Object.hasOwn(pickupCentimos, point) ? (pickupCentimos[point] ?? 0) : 0;
}

/** The grams that each person has among what can be used. */
export function ownGrams(usable: readonly Usable[]): Map<string, number> {
  const own = new Map<string, number>();
  for (const { contribution } of usable) {
    own.set(contribution.personId, (own.get(contribution.personId) ?? 0) + contribution.grams);
  }
  return own;
}

function addContribution(
  program: Program,
  { contribution, whole, part }: Usable,
  { pickup, cost }: { pickup: number | undefined; cost: (brought: { grams: number; pay: number }) => number },
): Term[] {
  const { grams, centimosPerKg } = contribution;
  const add = (brought: { grams: number; pay: number }, upper: number): Term => ({
    ...brought,
    column: addColumn(program, { cost: cost(brought), upper, integer: true }),
  });
  if (!part) {
    const all = add({ grams, pay: payCentimos(contribution, grams) }, 1);
    if (pickup !== undefined)
      addRow(
        program,
        [
          [all.column, 1],
          [pickup, -1],
        ],
        { upper: 0 },
      );
    return [all];
  }
  const any = addColumn(program, { upper: 1, integer: true });
  if (pickup !== undefined)
    addRow(
      program,
      [
        [any, 1],
        [pickup, -1],
      ],
      { upper: 0 },
    );
  const kg = add({ grams: gramsInKg, pay: centimosPerKg }, part.toKg);
  addRow(
    program,
    [
      [kg.column, 1],
      [any, -part.toKg],
    ],
    { upper: 0 },
  );
  addRow(
    program,
    [
      [kg.column, 1],
      [any, -part.fromKg],
    ],
    { lower: 0 },
  );
  const rest = grams - part.toKg * gramsInKg;
  if (!whole || rest === 0) return [kg];
  const pay = payCentimos(contribution, grams) - part.toKg * centimosPerKg;
  const last = add({ grams: rest, pay }, 1);
  addRow(
    program,
    [
      [kg.column, 1],
      [last.column, -part.toKg],
    ],
    { lower: 0 },
  );
  return [kg, last];
}

function addPersonFloors(
  program: Program,
  { usable, floors }: Stage,
  terms: readonly (readonly Term[])[],
): void {
  if (floors.persons.size === 0) return;
  const indexes = Map.groupBy(usable.keys(), (index) => usable[index]?.contribution.personId ?? "");
  for (const [personId, own] of indexes) {
    const floor = floors.persons.get(personId) ?? 0;
    if (floor === 0) continue;
    const [first = 0] = own;
    const [one, columns] = [usable[first], terms[first] ?? []];
    if (own.length === 1 && one) raiseLower(program, one, columns, floor);
    addRow(program, inKg(own.flatMap((index) => terms[index] ?? [])), { lower: floor / gramsInKg });
  }
}

/** Of a person's only contribution the least amount at the floor is known: whole kilograms, so stronger than the row. */
function raiseLower(program: Program, { part }: Usable, terms: readonly Term[], floor: number): void {
  const [first, last] = terms;
  const column = first && program.columns[first.column];
  if (!column) return;
  if (!part) column.lower = 1;
  else column.lower = Math.min(part.toKg, Math.max(part.fromKg, Math.ceil(floor / gramsInKg)));
  const rest = last && last !== first && floor > (part?.toKg ?? 0) * gramsInKg;
  const restColumn = rest ? program.columns[last.column] : undefined;
  if (restColumn) restColumn.lower = 1;
}

function inKg(terms: readonly Term[]): Entry[] {
  return terms.map(({ column, grams }) => [column, grams / gramsInKg]);
}
