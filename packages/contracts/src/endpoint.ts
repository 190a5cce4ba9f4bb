import { z, type ZodType } from "zod";
import type { ServiceName } from "./service-names.ts";

/**
 * Who may call an endpoint at all; whether *this* caller may touch *this* row is decided in the use case.
 * `person` is anyone signed in, `operator` a signed-in operator, `service` another Minka service.
 */
export type Access = "anyone" | "person" | "operator" | "service";

export type Endpoint<
  Params extends ZodType = ZodType,
  Query extends ZodType = ZodType,
  Body extends ZodType = ZodType,
  Answer extends ZodType = ZodType,
> = {
  readonly service: ServiceName;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Fastify path, `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly access: readonly Access[];
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** HTTP status of success; 200 unless said. */
  readonly status?: number;
  /** Takes text as phones send it, also what no column can hold: the handler makes it clean. */
  readonly anyText?: boolean;
  /** The body is a file, not JSON: `body` is `fileBytes`. */
  readonly upload?: { readonly contentTypes: readonly string[]; readonly maximumBytes: number };
  /** The answer is a file to keep, not JSON: `answer` is `fileAnswer`. */
  readonly download?: { readonly contentTypes: readonly string[] };
};

/** A file as it travels in a body. */
export const fileBytes = z.instanceof(Uint8Array<ArrayBufferLike>);
export const fileAnswer = z.object({ fileName: z.string(), contentType: z.string(), bytes: fileBytes });

type Part<Name extends string, Schema, Direction extends "input" | "output"> = Schema extends ZodType
  ? ZodType extends Schema
    ? unknown
    : { [Key in Name]: Direction extends "input" ? z.input<Schema> : z.output<Schema> }
  : unknown;

/** What a caller passes. */
export type CallInput<E extends Endpoint> = Part<"params", NonNullable<E["params"]>, "input"> &
  Part<"query", NonNullable<E["query"]>, "input"> &
  Part<"body", NonNullable<E["body"]>, "input">;

/** What the handler receives, parsed. */
export type HandlerInput<E extends Endpoint> = Part<"params", NonNullable<E["params"]>, "output"> &
  Part<"query", NonNullable<E["query"]>, "output"> &
  Part<"body", NonNullable<E["body"]>, "output">;

export type Answer<E extends Endpoint> = z.output<E["answer"]>;
export type HandlerAnswer<E extends Endpoint> = z.input<E["answer"]>;

export function endpoint<
  Params extends ZodType = ZodType,
  Query extends ZodType = ZodType,
  Body extends ZodType = ZodType,
  Answer extends ZodType = ZodType,
>(definition: Endpoint<Params, Query, Body, Answer>): Endpoint<Params, Query, Body, Answer> {
  return definition;
}
