import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, stranger, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const signInPage = "Entre con su celular";
const own = "/mi/por-otros";

/** Asks for a page with cookies as they were, and keeps none of the answer. */
const withCookies = (cookie: string, url = own) =>
  platform.app.inject({ url, headers: { accept: "text/html", host: "minka.test", cookie } });

/** Sends a form's fields as they stand, with whatever a browser says of where they come from. */
function post(url: string, cookie: string, page: OpenedPage, headers: Record<string, string>) {
  const fields = new URLSearchParams();
  for (const input of page.root.querySelectorAll("form input"))
    fields.append(input.getAttribute("name") ?? "", input.getAttribute("value") ?? "");
  return platform.app.inject({
    method: "POST",
    url,
    payload: fields.toString(),
    headers: {
      accept: "text/html",
      host: "minka.test",
      cookie,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
}

describe("a session", () => {
  test("is kept in a cookie that no script reads and no other site sends, and in a row that nobody can use", async () => {
    const visitor = stranger(platform);
    expect((await visitor.open(own)).h1).toBe(signInPage);
    const signedIn = await browse(platform, demoCast.producer);
    const key = signedIn.cookies().split("=")[1] ?? "";
    const owner = postgres(platform.database.ownerUrl, { max: 1 });
    const rows = await owner`select * from web.sessions`;
    await owner.end();
    expect(rows.length).toBeGreaterThan(0);
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(key);
    expect(kept).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });

  test("outlives its tokens, and ends where the person ends it elsewhere", async () => {
    const [phone, laptop] = [
      await browse(platform, demoCast.member),
      await browse(platform, demoCast.member),
    ];
    platform.clock.advance({ hours: 3 });
    expect((await phone.open(own)).h1).toBe("Pedir por otra persona");
    await laptop.submit(await laptop.open("/salir"), "todos");
    platform.clock.advance({ minutes: 20 });
    expect((await phone.open(own)).h1).toBe(signInPage);
  });

  test("gets another cookie each day; the former one is good only until the new one has arrived", async () => {
    const visitor = await browse(platform, demoCast.broker);
    const first = visitor.cookies();
    platform.clock.advance({ hours: 25 });
    const lost = await withCookies(first);
    expect(lost.statusCode).toBe(200);
    // That answer never came: the browser still shows its old cookie, and gets the same new one again.
    const again = await withCookies(first);
    expect(again.cookies[0]?.value).toBe(lost.cookies[0]?.value);
    expect(lost.cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    const second = `minka=${again.cookies[0]?.value}`;
    expect(second).not.toBe(first);
    platform.clock.advance({ minutes: 5 });
    expect((await withCookies(second)).statusCode).toBe(200);
    expect((await withCookies(first)).headers.location).toContain("/entrar");
    expect((await withCookies(second)).statusCode).toBe(200);
  });

  test("sends nobody on to another site", async () => {
    for (const onward of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
    ]) {
      const asked = await withCookies(
        (await signedIn()).cookies(),
        `/entrar?seguir=${encodeURIComponent(onward)}`,
      );
      expect(asked.headers.location, onward).toBe("/inicio");
    }
  });

  let visitor: Visitor | undefined;
  const signedIn = async () => (visitor ??= await browse(platform, demoCast.reseller));

  test("takes no form from another site, or from nobody knows where", async () => {
    const cookie = (await signedIn()).cookies();
    const page = await (await signedIn()).open("/salir");
    for (const headers of [
      { "sec-fetch-site": "cross-site", origin: "http://minka.test" },
      { "sec-fetch-site": "same-site" },
      { origin: "http://evil.example" },
      { origin: "null" },
      { referer: "http://evil.example/minka.test" },
      {},
    ]) {
      const answer = await post("/salir", cookie, page, headers as Record<string, string>);
      expect(answer.statusCode, JSON.stringify(headers)).toBe(403);
    }
    expect((await withCookies(cookie)).statusCode).toBe(200);
  });

  test("sends no form that somebody else had opened on this device", async () => {
    const theirs = await (await signedIn()).open("/salir");
    const mine = await browse(platform, demoCast.supplier);
    const answer = await post("/salir", mine.cookies(), theirs, { "sec-fetch-site": "same-origin" });
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain("Esta página era de otra persona");
    expect((await withCookies(mine.cookies())).statusCode).toBe(200);
  });
});
