import { z } from "zod";
import type { Content } from "../design/html.ts";
import type { Attempt } from "../forms/attempt.ts";
import { hiddenFields } from "../forms/form-values.ts";
import type { Destination } from "./destination.ts";
import type { SignedVisit, Visit, Visitor } from "./visit.ts";

/** The names in a path: "/mi/pedidos/:requestId" has `requestId`. Those that end in Id are ids, or the page is not found. */
type ParamsOf<Path extends string> = string extends Path
  ? Record<string, string>
  : Path extends `${string}:${infer Name}/${infer Rest}`
    ? { [name in Name]: string } & ParamsOf<`/${Rest}`>
    : Path extends `${string}:${infer Name}`
      ? { [name in Name]: string }
      : unknown;

/** What a page shows, inside the frame that all have. */
export type View = {
  /** What the browser's tab says; the product's name is added. */
  readonly title: string;
  /** For who finds the page by a search or a shared link. */
  readonly description?: string;
  readonly main: Content;
  /** Further facts for search engines: an object of schema.org. */
  readonly facts?: object;
  /** The one address of a page that has many, such as one for each filter. */
  readonly canonical?: string;
  readonly status?: number;
  /** This time it says what others of the house must not find on the device; see the page's own `fleeting`. */
  readonly fleeting?: boolean;
  /** Draws pages for a desk (tables, calendars, maps of plans): their styles weigh, so others do without. */
  readonly desk?: boolean;
};

/** Something that a form of a page does. */
export type Action<Params, Person extends Visitor | null = Visitor> = {
  readonly fields: z.ZodType;
  readonly run: (visit: Visit<Params, Person>, values: never) => Promise<Destination | Download | View>;
  /** Which field of the form a path of the service's answer is about: "body.need.quantity". */
  readonly fieldOf?: (path: string) => string | undefined;
};

/** A file that leaves instead of a page. */
export class Download {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;

  constructor(file: { fileName: string; contentType: string; bytes: Uint8Array }) {
    this.fileName = file.fileName;
    this.contentType = file.contentType;
    this.bytes = file.bytes;
  }
}

/**
 * An action of a page: what its fields hold, and what is done with them. Refusals of services come back to the page
 * by themselves, beside what was typed. A field named like one that every form brings would never hold what was typed:
 * Minka does not start with one.
 */
export function action<Fields extends z.ZodType, Params, Person extends Visitor | null>(
  fields: Fields,
  run: (visit: Visit<Params, Person>, values: z.output<Fields>) => Promise<Destination | Download | View>,
  fieldOf?: (path: string) => string | undefined,
): Action<Params, Person> {
  const taken = fieldNames(fields).find((name) => Object.values<string>(hiddenFields).includes(name));
  if (taken !== undefined)
    throw new Error(`a field may not be named ${taken}: every form has a hidden one of that name`);
  return { fields, run, ...(fieldOf ? { fieldOf } : {}) };
}

function fieldNames(fields: unknown): readonly string[] {
  if (fields instanceof z.ZodObject) return Object.keys(fields.shape);
  if (fields instanceof z.ZodPipe) return [...fieldNames(fields.in), ...fieldNames(fields.out)];
  return fields instanceof z.ZodUnion ? fields.options.flatMap(fieldNames) : [];
}

type Definition<Path extends string, Data, Person extends Visitor | null> = {
  /** What it needs of the services. */
  readonly read: (visit: Visit<ParamsOf<Path>, Person>) => Promise<Data | Destination>;
  readonly show: (visit: Visit<ParamsOf<Path>, Person>, data: Data, attempt: Attempt | null) => View;
  /** By the name that a form carries; they are sent to the page's own address. */
  readonly actions?: { readonly [name: string]: Action<ParamsOf<Path>, Person> };
  /** What to tell who comes here after something was done. */
  readonly notices?: Readonly<Record<string, Content>>;
  /** Is not kept on the device for when there is no signal: what others of the house must not find there. */
  readonly fleeting?: boolean;
  /** Refusals in the words of this page: one code means different things to different desks. */
  readonly refusals?: Readonly<Record<string, string>>;
};

/** A page as it is served; made by `publicPage("/precios")({ … })`, `signedPage` or `operatorPage`. */
export type Page = {
  readonly path: string;
  readonly who: "anyone" | "person" | "operator";
  readonly read: (visit: Visit<never, never>) => Promise<unknown>;
  readonly show: (visit: Visit<never, never>, data: never, attempt: Attempt | null) => View;
  readonly actions: Readonly<Record<string, Action<never, never>>>;
  readonly notices: Readonly<Record<string, Content>>;
  readonly refusals: Readonly<Record<string, string>>;
  readonly fleeting: boolean;
};

const page =
  <Person extends Visitor | null>(who: Page["who"]) =>
  <const Path extends string>(path: Path) =>
  <Data>(definition: Definition<Path, Data, Person>): Page => ({
    path,
    who,
    read: definition.read,
    show: definition.show,
    actions: definition.actions ?? {},
    notices: definition.notices ?? {},
    refusals: definition.refusals ?? {},
    fleeting: definition.fleeting ?? false,
  });

/** A page for anybody, signed in or not: search engines find it, and it may be shared. */
export const publicPage = page<Visitor | null>("anyone");
/** A page about whoever is signed in, or about what they take part in. */
export const signedPage = page<Visitor>("person");
export const operatorPage = page<Visitor>("operator");

/** A file by its own address, for who may have it. */
export type FileRoute = {
  readonly path: string;
  readonly who: Page["who"];
  readonly make: (visit: SignedVisit) => Promise<Download>;
};

export function signedFile<const Path extends string>(
  path: Path,
  make: (visit: SignedVisit<ParamsOf<Path>>) => Promise<Download>,
  who: Page["who"] = "person",
): FileRoute {
  return { path, who, make: make as FileRoute["make"] };
}
