import { describe, expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { bothWays, browserStage, goTo, heading, journey, withDemo } from "../support/browser-stage.ts";
import { hasBrowser } from "../support/browser.ts";
import { demoCast } from "../support/demo-cast.ts";

const operator = "+51900000115";
/** Grows cacao, and begins to visit the farms of others. */
const newcomer = "+51900000004";

describe.skipIf(!hasBrowser).each(bothWays)("$how", journey, ({ javaScriptEnabled }) => {
  const on = browserStage({ javaScriptEnabled, start: withDemo({ OPERATOR_PHONES: operator }) });

  test("who begins to offer fills in who they are, is sent back once, and an operator verifies them", async () => {
    const page = await on.openPage({ as: newcomer });
    await page.getByRole("link", { name: "Ofrecer un servicio" }).click();
    await page.getByRole("checkbox", { name: /^Visito chacras/ }).check();
    await page.getByRole("radio", { name: "Trabajo por mi cuenta" }).check();
    await page.getByLabel("Nombre que verán los demás").fill("Servicios Pinchi");
    await page.getByLabel("DNI o RUC").fill("45678912");
    await page.getByLabel("¿En qué distrito está?").fill("Uchiza, Tocache");
    await page.getByRole("checkbox", { name: "Acepto este compromiso" }).check();
    await page.getByRole("button", { name: "Registrarme y seguir" }).click();
    await heading(page, "Complete los datos de Servicios Pinchi y envíelos");
    await page.getByText("Falta: su perfil de técnica o técnico").waitFor();
    await page.getByRole("link", { name: "Perfil de técnica o técnico" }).click();
    await page.getByRole("group", { name: "¿Qué enseña?" }).getByLabel("Poda").check();
    await on.pressWithoutSignal(page, page.getByRole("button", { name: "Guardar el perfil" }));
    await goTo(page, "Servicios Pinchi", "Datos y personal");
    await page.getByText("1 tema, hasta").waitFor();
    await page.getByRole("button", { name: "Enviar a revisar" }).click();
    await heading(page, "Minka está revisando a Servicios Pinchi");

    const desk = await on.openPage({ as: operator, desk: true });
    await goTo(desk, "Operación", "Hoy");
    await desk.getByRole("link", { name: "Proveedores por revisar" }).click();
    await desk.getByRole("table").getByRole("link", { name: "Servicios Pinchi" }).click();
    await heading(desk, "Revise a Servicios Pinchi");
    await desk.getByText("45678912").waitFor();
    await desk.getByText("Falta o no coincide algo").click();
    await desk.getByLabel("Qué debe corregir").fill("Falta su certificado del SINEACE");
    await desk.getByRole("button", { name: "Devolver para corregir" }).click();
    await desk.getByText("Devuelto para corregir.").waitFor();
    await page.reload();
    await page.getByText("Minka dice: Falta su certificado del SINEACE").waitFor();
    await page.getByRole("link", { name: "Certificados" }).click();
    await page.getByLabel("¿De qué es?").selectOption({ label: "Competencias" });
    await page.getByLabel("Quién lo dio").fill("SINEACE");
    await page.getByLabel("Desde cuándo").fill("2025-03-01");
    await page.getByRole("button", { name: /^Agregar/ }).click();
    await page.getByText("Por ver").waitFor();
    await goTo(page, "Servicios Pinchi", "Datos y personal");
    await page.getByRole("button", { name: "Enviar a revisar" }).click();
    await heading(page, "Minka está revisando a Servicios Pinchi");

    await desk.reload();
    await desk.getByRole("button", { name: "Lo vi y es verdadero" }).click();
    await desk.getByText("Certificado visto.").waitFor();
    await desk.getByLabel("Qué revisó").fill("Llamada al número y foto del DNI");
    await desk.getByRole("button", { name: "Verificar y publicar sus ofertas" }).click();
    await desk.getByText("Revisado y activo.").waitFor();
    await page.reload();
    await heading(page, "El registro de Servicios Pinchi está activo");
  });

  test("an operator answers who wants a person, and decides a complaint", async () => {
    const write = async (number: string, ...texts: string[]) => {
      for (const text of texts) {
        await on.platform.phone(number).writes(text);
        await on.platform.settle();
      }
    };
    await write(demoCast.member, "quiero hablar con una persona");
    const desk = await on.openPage({ as: operator, desk: true });
    await goTo(desk, "Operación", "Pendientes");
    await heading(desk, "1 cosa espera a una persona");
    await desk.getByText("Responder, llamar o dar por resuelto").click();
    await desk.getByLabel("SMS que recibirá").fill("Buenos dias, le llamo a las 3.");
    await on.pressWithoutSignal(desk, desk.getByRole("button", { name: "Enviar este SMS" }));
    await on.platform.settle();
    const told = (await on.platform.phone(demoCast.member).history()).filter(({ text }) =>
      text.includes("le llamo a las 3"),
    );
    expect(told.length).toBe(1);
    await goTo(desk, "Operación", "Pendientes");
    await desk.getByText("Responder, llamar o dar por resuelto").click();
    await desk.getByLabel("Qué se hizo").fill("Se le llamó");
    await desk.getByRole("button", { name: "Dar por resuelto" }).click();
    await heading(desk, "Nada espera a una persona");

    const rosa = "+51900000001";
    await write(rosa, "necesito tecnico para poda de cacao en Tocache", "1");
    const [agent] = await agentsOnTheList(on.platform, rosa);
    await write(agent?.phone ?? "", "si jueves");
    await write(rosa, "ese tecnico me engaño");
    await goTo(desk, "Operación", "Quejas");
    await desk.getByRole("rowheader").getByRole("link").click();
    await heading(desk, /^Queja sobre /);
    await desk.getByText("no recibe pedidos nuevos hasta que usted decida").waitFor();
    await desk.getByRole("button", { name: "Guardar la decisión" }).click();
    await desk.getByText("Elija qué decide.").waitFor();
    await desk.getByRole("radio", { name: /^Queda sin efecto/ }).check();
    await desk.getByRole("button", { name: "Guardar la decisión" }).click();
    await desk.getByText("el proveedor vuelve a recibir pedidos").waitFor();
  });
});
