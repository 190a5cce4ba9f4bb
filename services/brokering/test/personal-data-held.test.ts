import { expectAllTablesHeld } from "@minka/test-kit/expect-all-tables-held";
import { test } from "vitest";
import { impersonal, ownHoldings } from "../src/personal-data/own-holdings.ts";

test("it is said of every table what it holds on people, and what becomes of that when they are erased", async () => {
  await expectAllTablesHeld("brokering", { holdings: ownHoldings, impersonal });
});
