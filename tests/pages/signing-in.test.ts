import { joinPhone } from "@minka/contracts/shared-phones";
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

/** Their newest sign-in code. */
async function codeOf(number: string): Promise<string> {
  await platform.settle();
  const texts = (await platform.phone(number).history()).map(({ text }) => text);
  return texts.map((text) => /Minka es (\d{6})/.exec(text)?.[1]).findLast(Boolean) ?? "";
}

test("at a shared phone it says what is missing or wrong, and when a new code is needed", async () => {
  const phone = "+51900000003";
  const consent = { version: "test", channel: "sms" as const, at: platform.clock().toISOString() };
  await platform.callAs("notifications")(
    joinPhone,
    { body: { phone, name: "Elmer Sangama", word: "guayacan", consent } },
    { trace: "test" },
  );
  const visitor = stranger(platform);
  const asked = await visitor.submit(await visitor.open("/entrar"), "pedir", { celular: phone });
  expect(asked.text).toContain("ya está en Minka, le llega un SMS con seis números");
  expect(asked.text).toContain("Escriba por SMS qué necesita y su distrito: así se registra.");
  const who = await visitor.submit(asked, "entrar", { codigo: await codeOf(phone) });
  expect([who.status, who.h1]).toEqual([409, "¿Quién es usted?"]);
  expect(who.root.querySelector(".wrong")).toBeNull();
  expect(who.text).not.toContain("Elmer");
  const nothing = await visitor.submit(who, "entrar");
  expect([nothing.status, nothing.h1]).toEqual([409, "¿Quién es usted?"]);
  expect(nothing.root.querySelector("#persona-mal")?.text).toBe("Elija su nombre o escriba su palabra.");
  expect(nothing.root.querySelector("#palabra-mal")).toBeNull();
  const wrongWord = await visitor.submit(nothing, "entrar", { palabra: "capirona" });
  expect(wrongWord.root.querySelector("#palabra-mal")?.text).toBe(
    "Esa palabra no es. Pruebe otra vez o elija su nombre.",
  );
  expect(wrongWord.html).not.toContain("capirona");
  let last = wrongWord;
  for (let tries = 0; tries < 2; tries += 1)
    last = await visitor.submit(last, "entrar", { palabra: "tornillo" });
  expect(last.h1).toBe("¿Quién es usted?");
  const over = await visitor.submit(last, "entrar", { palabra: "guayacan" });
  expect([over.status, over.h1]).toEqual([401, "Escriba el código del SMS"]);
  expect(over.text).toContain("Fueron muchos intentos con ese código");
  expect(over.text).not.toContain("Ese código no sirve");
  platform.clock.advance({ minutes: 1 });
  const again = await visitor.submit(await visitor.open("/entrar"), "pedir", { celular: phone });
  const whoAgain = await visitor.submit(again, "entrar", { codigo: await codeOf(phone) });
  await visitor.submit(whoAgain, "entrar", { palabra: "Guayacán" });
  expect((await visitor.open("/mi/datos/palabra")).h1).toBe("Su palabra secreta");
});
