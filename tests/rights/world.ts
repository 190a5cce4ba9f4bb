import { registerPerson } from "@minka/contracts/profiles";
import { newId } from "@minka/database/new-id";
import type { Callers, Who } from "./callers.ts";
import { makeOrganization } from "./make-organization.ts";
import { addWork } from "./make-work.ts";
import { makeProviders } from "./make-providers.ts";

/** Ids and other values by the names that addresses and bodies have for them. */
export type Rows = Readonly<Record<string, string>>;

/** The ward is a producer for whom the agent acts. */
const personRoles = ["producer", "broker", "manager", "staff", "owner", "agent", "operator", "ward"] as const;
export type PersonRole = (typeof personRoles)[number];

export type Person = { readonly id: string; readonly phone: string; readonly name: string };

/** A village: one of everything, and a person in each role. */
type Village = {
  readonly districtCode: string;
  readonly people: Readonly<Record<PersonRole | "spare", Person>>;
  /** What somebody of elsewhere would reach for. */
  readonly rows: Rows;
  /** What each of its people has, over those. */
  readonly of: Readonly<Record<PersonRole, Rows>>;
};

export type World = {
  /** Everybody who is tried lives here. */
  readonly home: Village;
  /** Nobody who is tried has any part in it, and it stays as it is. */
  readonly stranger: Village;
  /** Each of those who may touch whatever row has a village that nobody else changes. */
  readonly forOperator: Village;
  readonly forService: Village;
  /** An operator who takes no part in the trial. */
  readonly checker: Who;
  newPerson(name?: string, districtCode?: string): Promise<Person>;
};

/** An organization of elsewhere that asks everybody to join, and is granted everybody's offers. */
type Union = { readonly id: string; readonly manager: Person };

export type Making = Callers & Pick<World, "newPerson" | "checker"> & { union: Union };

export const placeList = "Ubigeo,Centro poblado,Latitud,Longitud\n221001,Nuevo San Martín,-8.2,-76.5";

export const bulletinTo = (organizationId: string | null) => ({
  title: "Charla de poda",
  text: "El sabado hay charla de poda en el local.",
  audience: { organizationId },
});

const districts = { home: "221001", stranger: "220101", forOperator: "100601", forService: "030101" };

export async function makeWorld(callers: Callers): Promise<World> {
  const { platform, done } = callers;
  const checker: Who = { id: newId(), operator: true };
  let people = 0;
  const newPerson: World["newPerson"] = async (given, districtCode = districts.home) => {
    people += 1;
    const phone = `+51900${String(people).padStart(6, "0")}`;
    const name = given ?? `Rosa Huamán ${people}`;
    const consent = { version: "1", channel: "sms", at: platform.clock().toISOString() } as const;
    const { person } = await platform.callAs("notifications")(
      registerPerson,
      { body: { phone, name, districtCode, consent } },
      { trace: "rights-test" },
    );
    return { id: person.id, phone, name };
  };
  const unionManager = await newPerson();
  const union = await makeUnion(callers, { manager: unionManager, checker });
  const making: Making = { ...callers, newPerson, checker, union };
  const home = await makeVillage(making, districts.home, personRoles);
  const stranger = await makeVillage(making, districts.stranger, ["producer"]);
  const forOperator = await makeVillage(making, districts.forOperator, ["producer"]);
  const forService = await makeVillage(making, districts.forService, ["producer"]);
  // Who is no longer there.
  const gone = await newPerson();
  const { erasureId } = await done<{ erasureId: string }>(
    "service",
    "POST",
    `/api/profiles/people/${gone.id}/erasure`,
    {},
  );
  const places = await done<{ importId: string }>(
    checker,
    "POST",
    "/api/catalog/places/imports",
    placeList,
    "text/csv",
  );
  await platform.settle();
  const itemId = await makeAttention(callers, checker);
  const desk = await makeDesk(callers, checker);
  const everywhere = { erasureId, itemId, ...desk, placesImportId: places.importId };
  const known = (village: Village): Village => ({ ...village, rows: { ...village.rows, ...everywhere } });
  return {
    home: known(home),
    stranger: known(stranger),
    forOperator: known(forOperator),
    forService: known(forService),
    checker,
    newPerson,
  };
}

async function makeUnion(
  { done }: Callers,
  { manager, checker }: { manager: Person; checker: Who },
): Promise<Union> {
  const { organization } = await done<{ organization: { id: string } }>(
    manager,
    "POST",
    "/api/profiles/organizations",
    { personId: manager.id, name: "Central", kind: "cooperative", districtCode: districts.home },
  );
  await done(checker, "POST", `/api/profiles/organizations/${organization.id}/verify`);
  return { id: organization.id, manager };
}

async function makeVillage(
  making: Making,
  districtCode: string,
  furnished: readonly PersonRole[],
): Promise<Village> {
  const { done, newPerson, checker } = making;
  const people = {} as Record<PersonRole | "spare", Person>;
  for (const role of [...personRoles, "spare"] as const)
    people[role] = await newPerson(undefined, districtCode);
  await done(checker, "POST", "/api/profiles/operators", { personId: people.spare.id });
  const of = {} as Record<PersonRole, Rows>;
  for (const role of furnished) of[role] = await furnish(making, people[role], people.spare);
  const organization = await makeOrganization(making, { districtCode, people, helper: of.producer });
  const { bulletin } = await done<{ bulletin: { id: string } }>(
    people.manager,
    "POST",
    "/api/notifications/bulletins",
    bulletinTo(organization.rows["organizationId"] ?? null),
  );
  const providers = await makeProviders(making, { districtCode, people, ...organization });
  for (const role of furnished) {
    of[role] = { ...of[role], ...providers.of[role], ...organization.of[role] };
  }
  const work = await addWork(making, { districtCode, people, roles: furnished });
  for (const role of furnished) of[role] = { ...of[role], ...work[role] };
  const rows = {
    districtCode,
    appointedId: people.spare.id,
    sparePersonId: people.spare.id,
    granteeId: making.union.id,
    bulletinId: bulletin.id,
    ...providers.rows,
    ...organization.rows,
    ...of.producer,
  };
  return { districtCode, people, rows, of };
}

/** What anybody has who is here, whatever else they are. */
async function furnish({ done, union }: Making, person: Person, spare: Person): Promise<Rows> {
  const base = `/api/profiles/people/${person.id}`;
  const post = <Answer>(url: string, body: object) => done<Answer>(person, "POST", url, body);
  const { plot } = await post<{ plot: { id: string } }>(`${base}/plots`, {
    area: { amount: 1, unit: "ha" },
    tenure: "own",
  });
  const { season } = await post<{ season: { id: string } }>(`${base}/seasons`, { crop: "cacao", year: 2024 });
  const { certificate } = await post<{ certificate: { id: string } }>(`${base}/certificates`, {
    certificate: "organic",
    issuer: "Certificadora",
    number: "1",
    expiresOn: "2027-12-31",
  });
  const { delegationId } = await post<{ delegationId: string }>("/api/profiles/delegations", {
    principal: { personId: spare.id },
  });
  // Without a phone of their own they are represented at once.
  const assisted = await post<{ personId: string }>("/api/profiles/people/assisted", {
    name: "Dominga Shupingahua",
    consent: { version: "1", witness: "Teniente Gobernador" },
  });
  const { membership } = await done<{ membership: { membershipId: string } }>(
    union.manager,
    "POST",
    `/api/profiles/organizations/${union.id}/members`,
    { personId: person.id },
  );
  return {
    personId: person.id,
    phone: person.phone,
    plotId: plot.id,
    seasonId: season.id,
    certificateId: certificate.id,
    delegationId,
    principalId: assisted.personId,
    askedMembershipId: membership.membershipId,
  };
}

/** A phone that was not understood, whose conversation an operator may take in hand. */
async function makeDesk({ platform, done }: Callers, checker: Who): Promise<Rows> {
  await platform.phone("+51911111112").writes("zzq wxk");
  await platform.settle();
  const newest = async (list: string) => {
    const { items } = await done<{ items: { id: string }[] }>(checker, "GET", `/api/notifications/${list}`);
    const [item] = items;
    if (!item) throw new Error(`there are no ${list}`);
    return item.id;
  };
  return {
    conversationId: await newest("conversations"),
    misunderstoodId: await newest("misunderstood"),
  };
}

async function makeAttention({ platform, done }: Callers, checker: Who): Promise<string> {
  await platform.phone("+51911111111").writes("quiero hablar con una persona");
  await platform.settle();
  const { items } = await done<{ items: { id: string }[] }>(checker, "GET", "/api/notifications/attention");
  const [item] = items;
  if (!item) throw new Error("nothing waits for an operator");
  return item.id;
}
