import { afterAll, beforeAll, expect, test } from "vitest";
import { browse, stranger } from "../support/browse.ts";
import { startTestPlatform, type TestPlatform } from "../support/test-platform.ts";

let platform: TestPlatform;
const rosa = "+51900000002";

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

test("a phone and its code open the door, and leaving closes it", async () => {
  const visitor = await browse(platform, rosa);
  const leaving = await visitor.open("/salir");
  expect(leaving.h1).toBe("¿Salir de Minka en este aparato?");
  const left = await visitor.submit(leaving, "salir");
  expect(left.text).toContain("Usted salió de Minka");
  expect((await visitor.open("/salir")).h1).toBe("Entre con su celular");
});

test("a wrong code keeps the phone, and a wrong phone what was typed", async () => {
  const visitor = stranger(platform);
  const wrongPhone = await visitor.submit(await visitor.open("/entrar"), "pedir", { celular: "98765" });
  expect(wrongPhone.status).toBe(422);
  expect(wrongPhone.text).toContain("Escriba un celular de nueve números");
  expect(wrongPhone.html).toContain('value="98765"');
  const asked = await visitor.submit(wrongPhone, "pedir", { celular: "987 000 002" });
  expect(asked.h1).toBe("Escriba el código del SMS");
  // It shows the phone: who comes after must not find it by going back.
  const shown = await platform.app.inject({
    url: "/entrar/codigo",
    headers: { accept: "text/html", host: "minka.test", cookie: visitor.cookies() },
  });
  expect(shown.body).toContain("987 000 002");
  expect(shown.headers["cache-control"]).toBe("private, no-store");
  const wrongCode = await visitor.submit(asked, "entrar", { codigo: "000000" });
  expect(wrongCode.status).toBe(401);
});
