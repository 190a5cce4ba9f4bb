import { contactCards } from "@minka/contracts/profiles";
import { readablePhone } from "@minka/domain/phone";
import { foldToGsm7 } from "@minka/language/gsm7";
import { expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { stage } from "../dialogue/scene.ts";
import { findEverywhere } from "./everywhere.ts";
import { signInAt } from "./signed-in.ts";

const on = stage();

/** A joint purchase and a lot that an agent opened, with a neighbour in both. */
async function arranged(agent: { id: string; phone: string }): Promise<{ poolId: string; lotId: string }> {
  const self = await signInAt(on.platform, agent.phone);
  const neighbour = await signInAt(on.platform, (await on.registered()).number);
  const organizer = { kind: "provider", id: agent.id };
  const inDays = (days: number) =>
    new Date(on.platform.clock().getTime() + days * 24 * 60 * 60 * 1000).toISOString();
  const { poolId } = await self.done("POST", "/api/brokering/pools", {
    organizer,
    title: "Urea 46%, sacos de 50 kg",
    product: "urea",
    pack: { amount: 50, unit: "kg" },
    districts: ["221001"],
    deadline: inDays(7),
    minimumPacks: 5,
    points: [{ name: "Local comunal", districtCode: "221001" }],
  });
  await neighbour.done("POST", `/api/brokering/pools/${poolId}/orders`, {
    personId: neighbour.personId,
    packs: 4,
  });
  const { lotId } = await self.done("POST", "/api/brokering/lots", {
    organizer,
    title: "Cacao seco",
    crop: "cacao",
    cropState: "dry",
    minimumKg: 50,
    maximumKg: 1000,
    points: [{ name: "Acopio", districtCode: "221001" }],
    pledgeUntil: inDays(7),
    collectFrom: inDays(8).slice(0, 10),
    collectUntil: inDays(20).slice(0, 10),
    openToNeighbours: true,
  });
  await neighbour.done("POST", `/api/brokering/lots/${lotId}/pledges`, {
    personId: neighbour.personId,
    amount: { amount: 100, unit: "kg" },
  });
  return { poolId, lotId };
}

test("an agent with offers, a visit to make, an order to answer and a place on lists is erased everywhere", async () => {
  const { producer, provider: agent } = await on.agreed();
  const another = await on.choosing();
  const third = await on.choosing();
  const asksThemToo = (await agentsOnTheList(on.platform, third.number)).findIndex(
    ({ phone }) => phone === agent.number,
  );
  await third.says(String(asksThemToo + 1));
  const [provider] = await on.owner`
    select p.id, p.name, p.person_id, p.document_number from catalog.providers p
    join profiles.phones h on h.person_id = p.person_id where h.phone = ${agent.number}`;
  const { id, name, person_id: personId, document_number: document } = provider as Record<string, string>;
  if (!id || !name || !personId) throw new Error("the agent is no provider");
  const short = agent.number.slice(3);
  const needles = [
    name,
    foldToGsm7(name),
    // As lists cut it.
    ...[23, 20, 15]
      .filter((length) => length < name.length)
      .map((length) => foldToGsm7(name).slice(0, length)),
    agent.number,
    short,
    readablePhone(agent.number),
    ...(document ? [document] : []),
  ];
  const places = (await findEverywhere(on.owner, needles)).map((place) => place.split(":")[0]);
  expect(places).toEqual(
    expect.arrayContaining([
      "catalog.providers.name",
      "matching.matches.provider_name",
      "notifications.outbound_messages.body",
      "notifications.prompts.text",
      "profiles.people.name",
      "profiles.phones.phone",
    ]),
  );
  const { poolId, lotId } = await arranged({ id, phone: agent.number });
  const others = async () => ({
    providers: await on.owner`select * from catalog.providers where id <> ${id} order by id`,
    people: await on.owner`select * from profiles.people where id <> ${personId} order by id`,
    offers: await on.owner`select * from catalog.offers where provider_id <> ${id} order by id`,
  });
  const before = await others();
  for (const phone of [producer, another, third]) await phone.reads();

  await agent.says("borren mis datos");
  expect(await agent.says("si")).toEqual([
    expect.stringMatching(/^Listo, sus datos en Minka fueron borrados/),
  ]);
  on.platform.clock.advance({ minutes: 12 });
  await on.settle();

  expect(await findEverywhere(on.owner, needles)).toEqual([]);
  expect(await others()).toEqual(before);
  const closed = await on.owner`select state, name from catalog.providers where id = ${id}`;
  expect(closed).toEqual([{ state: "closed", name: "Proveedor retirado" }]);
  expect(await on.owner`select distinct state from catalog.offers where provider_id = ${id}`).toEqual([
    { state: "withdrawn" },
  ]);
  // What they arranged alone is called off, and whoever was in it is free.
  expect(
    await on.owner`
      select state, organizer_name from brokering.pools where id = ${poolId}
      union all select state, organizer_name from brokering.lots where id = ${lotId}`,
  ).toEqual([
    { state: "cancelled", organizer_name: "Proveedor retirado" },
    { state: "cancelled", organizer_name: "Proveedor retirado" },
  ]);
  expect(
    await on.owner`
      select state from brokering.pool_orders where pool_id = ${poolId}
      union all select state from brokering.pledges where lot_id = ${lotId}`,
  ).toEqual([{ state: "out" }, { state: "released" }]);
  const call = on.platform.callAs("notifications");
  expect((await call(contactCards, { body: { personIds: [personId] } }, { trace: "test" })).contacts).toEqual(
    [],
  );

  // Whoever waited for them goes on with the next.
  for (const phone of [producer, third]) {
    const request = await on.requestOf(phone.number);
    expect(request.state).toBe("asking");
    expect(request.matches.find(({ state }) => state === "asked")?.providerPersonId).not.toBe(personId);
    expect((await phone.reads()).join("\n")).not.toContain(name.split(" ")[0]);
  }
  const [list] = await another.says("otra vez la monilia en mi cacao");
  expect(list).toBeDefined();
  expect(list).not.toContain(foldToGsm7(name).slice(0, 12));
}, 120_000);
