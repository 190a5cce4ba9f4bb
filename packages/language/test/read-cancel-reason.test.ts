import { readCancelReason } from "@minka/language/read-cancel-reason";
import { expect, test } from "vitest";

test.each([
  ["cancelar, ya conseguí otro", "found_another"],
  ["no puedo ir, esta lloviendo y no hay paso", "road"],
  ["no voy estoy enfermo", "health"],
  ["cancelar muy caro", "price"],
  ["ya no necesito", "not_needed"],
  ["no podre, tengo cosecha", "busy"],
  ["CANCELAR", null],
  ["no puedo ir", null],
])("the reason in '%s' is %s", (text, reason) => expect(readCancelReason(text)).toBe(reason));
