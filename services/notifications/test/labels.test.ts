import { labels } from "@minka/contracts/misunderstood";
import { intents } from "@minka/language/intents";
import { expect, test } from "vitest";

test("the documentation of a correction names every intent that a message can have", () => {
  expect(labels).toEqual(intents);
});
