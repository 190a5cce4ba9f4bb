import { DomainError } from "@minka/domain/errors";

/**
 * Throws `invalid-input` for text that no column can hold: JSON may carry a NUL character or half of a character of
 * two, PostgreSQL takes neither. Field names count too, where a body is a map.
 */
export function refuseUnstorable(input: unknown, path: string): void {
  if (typeof input === "string") {
    if (!input.includes("\u0000") && input.isWellFormed()) return;
    throw new DomainError("invalid", "invalid-input", "Some fields are not valid.", {
      errors: [{ path, message: "holds a character that is no text" }],
    });
  }
  if (input === null || typeof input !== "object" || ArrayBuffer.isView(input)) return;
  for (const [name, value] of Object.entries(input)) {
    refuseUnstorable(name, path);
    refuseUnstorable(value, `${path}.${name}`);
  }
}
