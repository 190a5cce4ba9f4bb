import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browse, stranger, type OpenedPage, type Visitor } from "../support/browse.ts";
import { demoCast } from "../support/demo-cast.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

const operatorPhone = "+51900000115";
const nobodys = "0198c0de-0000-7000-8000-00000000dead";
/** Few pages, and many more calls than that behind them. */
const pagesInAMinute = 40;
let platform: TestPlatform;
let manager: Visitor;
let operator: Visitor;
let desk: string;

beforeAll(async () => {
  platform = await startTestPlatform({
    environment: { OPERATOR_PHONES: operatorPhone },
    rateLimits: { perAddress: 0, perPerson: pagesInAMinute, redisUrl: null },
  });
  manager = await browse(platform, demoCast.manager);
  operator = await browse(platform, operatorPhone);
  const own = await manager.open("/mi");
  desk = links(own).find((href) => href.startsWith("/mi-organizacion/")) ?? "";
  expect(desk).not.toBe("");
});
afterAll(() => platform.stop());

const links = ({ root }: OpenedPage) =>
  root.querySelectorAll("a").map((link) => (link.getAttribute("href") ?? "").replaceAll("&amp;", "&"));

/** While these tables are not where a service looks for them. */
async function without(tables: readonly string[], during: () => Promise<void>): Promise<void> {
  const owner = postgres(platform.database.ownerUrl, { max: 1 });
  try {
    for (const table of tables) await owner.unsafe(`alter table ${table} rename to gone_for_a_while`);
    await during();
  } finally {
    for (const table of tables) {
      const [schema = "", name = ""] = table.split(".");
      await owner.unsafe(`alter table ${schema}.gone_for_a_while rename to ${name}`);
    }
    await owner.end();
  }
}

describe("a page that failed", () => {
  test("keeps the frame of who is signed in, and leads to where they begin", async () => {
    for (const address of ["/no-hay", `/mi/pedidos/${nobodys}`, `/mi-organizacion/${nobodys}/miembros`]) {
      const page = await manager.open(address);
      expect([403, 404], address).toContain(page.status);
      expect(links(page), address).toEqual(expect.arrayContaining(["/mi", desk, "/salir", "/inicio"]));
      expect(page.root.querySelector("header")?.text, address).not.toContain("Entrar");
    }
    const lost = await operator.open(`/operador/pedidos/${nobodys}`);
    expect(lost.status).toBe(404);
    expect(links(lost)).toContain("/operador/pendientes");
    expect(links(await stranger(platform).open("/no-hay"))).not.toContain("/salir");
  });

  test("is drawn whatever is away: the part it shows, who one is, or all that Minka knows of them", async () => {
    await without(["matching.requests"], async () => {
      const page = await manager.open("/mi/pedidos");
      expect(page.status).toBe(503);
      expect(links(page)).toEqual(expect.arrayContaining([desk, "/salir"]));
    });
    await without(["profiles.people", "matching.requests"], async () => {
      const page = await manager.open("/mi/pedidos");
      expect(page.status).toBe(503);
      expect(links(page)).toEqual(expect.arrayContaining(["/mi", "/salir"]));
    });
    await without(["web.sessions"], async () => {
      const page = await manager.open("/mi/pedidos");
      expect(page.status).toBe(500);
      expect(page.h1).toBe("Algo falló de nuestro lado");
      expect(links(page)).not.toContain("/salir");
    });
    expect((await manager.open("/mi/pedidos")).status).toBe(200);
  });
});

describe("a file that is too large", () => {
  test("is told beside its field, with what makes it smaller", async () => {
    const page = await manager.open(`${desk}/miembros/importar`);
    const tooLarge = await manager.submit(page, "subir", { lista: new Uint8Array(5 * 1024 * 1024 + 1) });
    expect(tooLarge.status).toBe(422);
    const field = tooLarge.root.querySelector("#lista");
    expect(field?.getAttribute("aria-describedby")).toContain("lista-mal");
    expect(tooLarge.root.querySelector("#lista-mal")?.text).toContain("pesa más de 5 MB");
  });

  test("of words is told on a page that leads back to the form", async () => {
    const page = await manager.open("/salir");
    const sent = await manager.submit(page, "salir", { mucho: "a".repeat(300_000) });
    expect(sent.status).toBe(413);
    expect(sent.h1).toBe("Lo que envió pesa demasiado");
    expect(links(sent)).toContain("/salir");
    expect((await manager.open("/mi")).status).toBe(200);
  });
});

describe("a filter that is not understood", () => {
  const notice = (page: OpenedPage) =>
    (page.root.querySelector("main .notice[role=status]")?.structuredText ?? "").replace(/\s+/g, " ");

  test("of a public list is named, with what was typed, above the list without it", async () => {
    const anyone = stranger(platform);
    const all = await anyone.open("/ofertas");
    for (const [address, ...said] of [
      ["/ofertas?hasta=abc", "«abc» en Precio hasta", "en soles"],
      ["/ofertas?tipo=qqq", "«qqq» en Qué se ofrece"],
      ["/precios?distrito=qqqq", "«qqqq» en Distrito", "Uchiza, Tocache"],
      ["/organizaciones?cultivo=qqq", "«qqq» en Cultivo"],
    ] as const) {
      const page = await anyone.open(address);
      expect(page.status, address).toBe(200);
      for (const words of said) expect(notice(page), address).toContain(words);
    }
    const filtered = await anyone.open("/ofertas?hasta=abc");
    expect(filtered.h1).toBe(all.h1);
    expect(filtered.root.querySelector("#hasta")?.getAttribute("value")).toBe("abc");
    expect(notice(all)).toBe("");
    expect(notice(await anyone.open("/ofertas?hasta=50&tipo=input&cultivo=cacao"))).toBe("");
  });

  test("of a desk's or an operator's list as well, and a day is read as people write it", async () => {
    const page = await operator.open("/operador/pedidos?del=abc&al=25/12/2026&estado=zzz&lugar=qqqq");
    for (const words of ["«abc» en Desde el día", "«zzz» en Cómo está", "«qqqq» en Distrito o región"])
      expect(notice(page)).toContain(words);
    expect(notice(page)).not.toContain("Hasta el día");
    const typed = page.root.querySelector("#filtro-del");
    expect([typed?.getAttribute("value"), typed?.getAttribute("type")]).toEqual(["abc", "text"]);
    expect(notice(await operator.open("/operador/costos?del=2026-12-20&al=2026-12-01"))).toContain(
      "Es después del último día",
    );
    expect(notice(await manager.open(`${desk}/miembros?rol=jefe`))).toContain("«jefe» en Qué hacen");
    expect(notice(await manager.open(`${desk}/lotes?estado=zzz`))).toContain("«zzz»");
    expect(notice(await operator.open("/operador/pedidos?tipo=input&lugar=Tocache"))).toBe("");
  });

  test("of the members as well, and none of them counts as a search", async () => {
    const all = await manager.open(`${desk}/miembros`);
    const page = await manager.open(`${desk}/miembros?nombre=z&distrito=zz`);
    for (const words of ["«z» en Nombre", "«zz» en Distrito"]) expect(notice(page)).toContain(words);
    expect(page.h1).toBe(all.h1);
    const left = await manager.open(`${desk}/miembros?estado=antes&nombre=Rosa`);
    expect(notice(left)).toContain("Entre quienes se fueron no se busca por eso");
  });

  test("nor a place in a list that it never gave: it is shown from its beginning", async () => {
    for (const [visitor, address] of [
      [manager, "/mi/pedidos"],
      [manager, `${desk}/miembros`],
      [manager, `${desk}/planes`],
      [operator, "/operador/pendientes"],
      [stranger(platform), "/ofertas"],
    ] as const) {
      for (const place of ["abc", "a b"]) {
        const page = await visitor.open(`${address}?desde=${encodeURIComponent(place)}`);
        expect(page.status, address).toBe(200);
        expect(notice(page), address).toContain(`«${place}» en La parte de la lista`);
      }
    }
    expect(notice(await manager.open("/mi/chacra?parcelas=abc"))).toContain("«abc» en La parte de la lista");
  });
});

test("who works fast is counted by pages, not by what is behind them, and waits on their own page", async () => {
  platform.clock.advance({ minutes: 2 });
  const producer = await browse(platform, demoCast.producer);
  let opened = 0;
  let page = await producer.open("/mi");
  while (page.status === 200 && opened < 2 * pagesInAMinute) {
    opened += 1;
    page = await producer.open("/mi");
  }
  expect(page.status).toBe(429);
  expect(opened).toBeGreaterThan(pagesInAMinute - 10);
  expect(page.h1).toBe("Espere un minuto");
  expect(links(page)).toEqual(expect.arrayContaining(["/mi", "/salir"]));
});

test("what a lender was paid for is its loans, and what a shop is owed its purchases", async () => {
  const further = async (phone: string) => {
    const visitor = await browse(platform, phone);
    const [own = ""] = links(await visitor.open("/mi")).filter((href) =>
      /^\/mi-servicio\/[0-9a-f-]{36}$/.test(href),
    );
    const page = await visitor.open(`${own}/pagos`);
    return { text: page.text, links: links(page), own };
  };
  const lender = await further(demoCast.lender);
  expect(lender.text).toContain("Lo que prestó y las cuotas que le deben están en Créditos.");
  expect(lender.text).not.toContain("compra en grupo");
  const shop = await further(demoCast.supplier);
  expect(shop.text).toContain("compra en grupo");
});
