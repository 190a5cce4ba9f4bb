import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";
import { crawl } from "./crawl.ts";
import { openRequests } from "./open-requests.ts";

const operator = "+51900000115";
const [uuid, space] = [/[0-9a-f]{8}-[0-9a-f]{4}-7/, /^\/(?:mi|mi-servicio|mi-organizacion|operador)(?:\/|$)/];
let platform: TestPlatform;
let neighbour: Visitor;

beforeAll(async () => {
  platform = await startTestPlatform({ environment: { OPERATOR_PHONES: operator } });
  await openRequests(platform);
  neighbour = await browse(platform, "+51900000001");
});
afterAll(() => platform.stop());

const roles = [
  { role: "a producer", phone: demoCast.producer },
  { role: "a member", phone: demoCast.member },
  { role: "a broker", phone: demoCast.broker },
  { role: "a manager", phone: demoCast.manager },
  { role: "an agent", phone: demoCast.agent },
  { role: "a supplier", phone: demoCast.supplier },
  { role: "a buyer", phone: demoCast.buyer },
  { role: "a lender", phone: demoCast.lender },
  { role: "an operator", phone: operator },
] as const;

/** Purchases and lots are open to whoever may join them: their pages are for many, and show each their own. */
const forMany = /^\/mi\/(?:compras|cosecha|organizacion\/entrar)\/|\/operador$/;

/**
 * Whatever page of theirs somebody opens, a neighbour who knows its address gets nothing of it, and can send none of
 * its forms.
 */
describe.each(roles)("of $role", ({ phone }) => {
  let pages: OpenedPage[];

  beforeAll(async () => {
    const visitor = await browse(platform, phone);
    const all = await crawl(visitor, ["/mi", ...(phone === operator ? ["/operador"] : [])], { each: 1 });
    pages = all.filter(
      ({ path }) =>
        space.test(path) &&
        !forMany.test(path.split("?")[0] ?? "") &&
        (uuid.test(path) || path.startsWith("/operador")),
    );
    // Where nothing is theirs alone, the tests below would hold whatever the pages do.
    expect(pages).not.toEqual([]);
  });

  test("nobody else reads a page by its address", async () => {
    const open: string[] = [];
    for (const page of pages) {
      const seen = await neighbour.open(page.path);
      if (![403, 404].includes(seen.status)) open.push(`${page.path} shows "${seen.h1}"`);
    }
    expect(open).toEqual([]);
  });

  test("nobody else sends a form of theirs", async () => {
    const mine = await neighbour.open("/salir");
    const tag = mine.root.querySelector('[name="quien"]')?.getAttribute("value") ?? "";
    for (const page of pages) {
      for (const form of page.root.querySelectorAll('form[method="post"]')) {
        const action = form.querySelector('[name="accion"]')?.getAttribute("value") ?? "";
        const answer = await neighbour.submit(page, action, { quien: tag });
        expect([403, 404, 409, 422], `${action} on ${page.path} came to "${answer.h1}"`).toContain(
          answer.status,
        );
      }
    }
  });
});
