import { demoCast } from "../support/demo-cast.ts";
import type { TestPlatform } from "../support/test-platform.ts";

/**
 * Two people have asked for a visit by SMS: one has their list, the other has chosen and waits. What is looked at or
 * guarded on every page would else be looked at without what most pages are about.
 */
export async function openRequests(platform: TestPlatform): Promise<void> {
  for (const number of [demoCast.producer, demoCast.member]) {
    await platform.phone(number).writes("tecnico para la monilia en mi cacao, tocache");
    await platform.settle();
  }
  await platform.phone(demoCast.member).writes("1");
  await platform.settle();
}
