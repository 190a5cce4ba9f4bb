import type { FieldError } from "@minka/domain/errors";
import type { ZodFastifySchemaValidationError } from "fastify-type-provider-zod";
import type { z } from "zod";

/** An issue as zod has it within a union, whose own are not put into Fastify's form. */
type Issue = Pick<z.core.$ZodIssue, "code" | "message"> & {
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly errors?: readonly (readonly Issue[])[];
};

/** What is wrong with which field: `part` is where the input came in, "query" for one. */
export function fieldErrors(
  part: string,
  validation: readonly ZodFastifySchemaValidationError[],
): FieldError[] {
  return validation.flatMap(({ keyword, instancePath, message, params }) => {
    const path = instancePath.split("/").filter((name) => name !== "");
    return told({ ...params, code: keyword, message: message ?? "is not valid", path } as Issue).map(
      (issue) => ({
        path: [part, ...issue.path].join("."),
        message: issue.message,
      }),
    );
  });
}

/** Of a union the branch that was meant, and of an object each field that it does not have by its name. */
function told(issue: Issue): Issue[] {
  const { code, path, keys = [], errors = [] } = issue;
  if (code === "unrecognized_keys")
    return keys.map((key) => ({ ...issue, path: [...path, key], message: "is not known here" }));
  if (code !== "invalid_union" || errors.length === 0) return [issue];
  const [meant = []] = errors.toSorted((a, b) => misfit(a) - misfit(b));
  return meant.flatMap((each) => told({ ...each, path: [...path, ...each.path] }));
}

/**
 * How far the input is from a branch: one of another shape is the furthest, then one that lacks what was sent or is
 * named otherwise; fields that are missing or wrong only tell equals apart.
 */
function misfit(issues: readonly Issue[]): number {
  const weighed = issues.map(({ code, path, keys, values }) => {
    if (code === "unrecognized_keys") return 100 * (keys?.length ?? 1);
    if (code === "invalid_value" && values?.length === 1) return 100;
    return code === "invalid_type" && path.length === 0 ? 10_000 : 1;
  });
  return weighed.reduce((sum, each) => sum + each, 0);
}
