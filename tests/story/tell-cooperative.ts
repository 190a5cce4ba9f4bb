import { expect, test } from "vitest";
import { cast, producers } from "./cooperative-cast.ts";
import { phones, type Stage } from "./stage.ts";
import { registerPartners, tocache } from "./trading-partners.ts";

/** A cooperative of 43 producers, and those with whom it is to deal. */
export function tellCooperative(on: () => Stage): void {
  test("a cooperative is registered by its manager and verified by an operator", async () => {
    const { people, organization, platform } = on();
    await people.join(cast.manager);
    await people.join(cast.broker);
    const manager = await people.as(cast.manager);
    const registered = await manager.done("POST", "/api/profiles/organizations", {
      personId: manager.personId,
      kind: "cooperative",
      name: "Cooperativa Alto Huallaga",
      districtCode: tocache,
      crops: ["cacao"],
    });
    organization.id = registered.organization.id;
    const maker = await people.as(cast.firstOperator);
    await people.join(cast.secondOperator);
    const { personId } = await people.as(cast.secondOperator);
    await maker.done("POST", "/api/profiles/operators", { personId });
    await maker.done("POST", `/api/profiles/organizations/${organization.id}/verify`);
    // Who was appointed signs in anew.
    platform.clock.advance({ minutes: 15 });
  });

  test("its manager names a broker and 43 producers by phone; each answers SI by SMS", async () => {
    const { people, minka, organization } = on();
    const manager = await people.as(cast.manager);
    const members = `/api/profiles/organizations/${organization.id}/members`;
    await manager.done("POST", members, { phone: cast.broker, name: "Ernesto Pizango", role: "broker" });
    await Promise.all(producers.map(({ phone, name }) => manager.done("POST", members, { phone, name })));
    expect(await minka.reads(cast.broker)).toEqual([
      "Cooperativa Alto Huallaga le pide encargarse de sus compras y ventas. ¿Acepta? Responda SI o NO",
    ]);
    const asked = await minka.allRead(phones);
    for (const phone of phones)
      expect(asked.get(phone)).toEqual([
        expect.stringMatching(
          /^Soy Minka, .* Cooperativa Alto Huallaga dice que usted es parte\. .*SI o NO$/,
        ),
      ]);
    await minka.says(cast.broker, "si");
    const answers = await minka.allSay(phones.map((phone) => [phone, "SI"] as const));
    for (const phone of phones)
      expect(answers.get(phone)).toEqual([
        expect.stringMatching(/usted es parte de Cooperativa Alto Huallaga/),
      ]);
    const { items } = await manager.done("GET", `${members}?limit=50`);
    expect(items).toHaveLength(45);
  });

  test("suppliers, a buyer and a lender are entered by one operator and verified by another", async () => {
    const stage = on();
    stage.partners = await registerPartners(stage.people);
    for (const { providerId } of stage.partners.values()) {
      const { provider } = await stage.minka.done("GET", `/api/catalog/providers/${providerId}`);
      expect(provider).toMatchObject({ verifiedOn: expect.any(String) });
    }
  });
}
