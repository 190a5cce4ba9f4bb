import { identifyPhone } from "@minka/contracts/profiles";
import { registerOrganization } from "@minka/contracts/organizations";
import { expect, test } from "vitest";
import { signIn } from "./sign-in.ts";
import { stage } from "./scene.ts";

const on = stage();
const trace = { trace: "test-invitations" };

test("whom a list names is asked by SMS; NO is answered, erases them, and they are not asked again", async () => {
  const manager = await on.registered();
  const call = on.platform.callAs("notifications");
  const { person } = await call(identifyPhone, { body: { phone: manager.number } }, trace);
  const body = {
    personId: person?.id ?? "",
    kind: "association" as const,
    name: "Cacaoteros del Huallaga",
    districtCode: "221001",
  };
  const { organization } = await call(registerOrganization, { body }, trace);
  await on.owner`update profiles.organizations set verified_at = now() where id = ${organization.id}`;
  const invited = on.stranger();
  const list = `Nombre completo;Celular;Distrito;Provincia\nJulia Tapullima Sangama;${invited.number.slice(3)};Tocache;Tocache\n`;
  const { token } = await signIn(on, manager);
  const headers = { authorization: `Bearer ${token}` };
  const url = `/api/profiles/organizations/${organization.id}/imports`;
  const send = async () => {
    const upload = await on.platform.app.inject({
      method: "POST",
      url,
      payload: Buffer.from(list),
      headers: { ...headers, "content-type": "text/csv" },
    });
    expect(upload.statusCode).toBe(202);
    await on.settle();
    const start = await on.platform.app.inject({
      method: "POST",
      url: `${url}/${upload.json().importId}/start`,
      headers,
    });
    expect(start.statusCode).toBeLessThan(300);
    on.platform.clock.advance({ minutes: 5 });
    await on.settle();
  };
  await send();
  expect(await invited.reads()).toEqual([expect.stringMatching(/Cacaoteros del Huallaga.+SI o NO$/)]);
  expect((await invited.says("no")).join("\n")).toMatch(/borra(dos|mos)/i);
  const known = await call(identifyPhone, { body: { phone: invited.number } }, trace);
  expect(known.person).toBeNull();
  await send();
  expect(await invited.reads()).toEqual([]);
});
