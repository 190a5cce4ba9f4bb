import { contactCards } from "@minka/contracts/profiles";
import { readablePhone } from "@minka/domain/phone";
import { foldToGsm7 } from "@minka/language/gsm7";
import { expect, test } from "vitest";
import { agentsOnTheList } from "../support/agents.ts";
import { stage } from "../dialogue/scene.ts";
import { findEverywhere } from "./everywhere.ts";

const on = stage();

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
