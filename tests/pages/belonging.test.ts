import { afterAll, beforeAll, expect, test } from "vitest";
import { browse } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
/** Of the demo: people who grow cacao. */
const [tito, neighbour] = ["+51900000001", "+51900000003"];

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test("a group is started on a page, a neighbour is asked and says yes on theirs", async () => {
  const visitor = await browse(platform, tito);
  const blank = await visitor.open("/mi/organizacion/grupo");
  const typed = {
    vecino1: "Royer Espinoza Shupingahua",
    celular1: "900 000 003",
    vecino2: "Luis Pinchi",
    nombre: "Los de la Loma",
  };
  const short = await visitor.submit(blank, "formar", typed);
  expect(short.status).toBe(422);
  expect(short.text).toContain("Escriba el número de celular.");
  expect(short.html).toContain('value="Royer Espinoza Shupingahua"');
  const asked = await visitor.submit(short, "formar", { celular2: "900 000 009" });
  expect(asked.text).toContain("Con tres personas el grupo queda formado.");

  await platform.settle();
  const other = await browse(platform, neighbour);
  const start = await other.open("/mi");
  expect(start.text).toContain("Dicen que usted es parte. ¿Es así?");
  const mine = await other.open("/mi/organizacion");
  expect(mine.h1).toBe("¿Usted es parte de Los de la Loma?");
  const joined = await other.submit(mine, "si");
  expect(joined.h1).toBe("Usted es parte de Los de la Loma");
  const left = await other.submit(joined, "salir");
  expect(left.text).toContain("Listo, ya no es parte.");
  expect(left.h1).toBe("Usted no está en ninguna organización");
});

test("who asks to join waits, and may take it back", async () => {
  const visitor = await browse(platform, "+51900000006");
  const near = await visitor.open("/mi/organizacion");
  const [, path = ""] = /href="(\/mi\/organizacion\/entrar\/[\da-f-]{36})"/.exec(near.html) ?? [];
  const asked = await visitor.submit(await visitor.open(path), "entrar");
  expect(asked.h1).toBe("Usted pidió entrar");
  expect(asked.text).toContain("Tienen 14 días para responder.");
  const back = await visitor.submit(asked, "salir");
  expect(back.h1).toBe("Usted no está en ninguna organización");
});

test("an organization is registered with what it asks and gives", async () => {
  const visitor = await browse(platform, "+51900000010");
  const blank = await visitor.open("/mi/organizacion/nueva");
  const wrong = await visitor.submit(blank, "registrar", {
    tipo: "native_community",
    nombre: "Comunidad Shiringal",
    ruc: "20123",
    dan: "Acopio\nSecado",
  });
  expect(wrong.text).toContain("El RUC de una organización tiene 11 números");
  expect(wrong.html).toContain("Acopio\nSecado");
  const chief = await visitor.submit(wrong, "registrar", { ruc: "" });
  expect(chief.text).toContain("Escriba el nombre de su jefa o jefe.");
  const done = await visitor.submit(chief, "registrar", { jefe: "Elsa Tuesta" });
  expect(done.h1).toBe("Usted es parte de Comunidad Shiringal");
  expect(done.html).toMatch(/href="\/mi-organizacion\/[\da-f-]{36}"/);
  const [, desk = ""] = /href="(\/mi-organizacion\/[\da-f-]{36})"/.exec(done.html) ?? [];
  const first = await visitor.open(desk);
  expect(first.text).toContain("Primeros pasos Agregar a sus socias y socios");
  expect(first.html).toContain(`href="${desk}/lotes/nuevo"`);
});
