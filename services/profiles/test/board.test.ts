import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, runOrganizations, type OrganizationsRun } from "./organizations-run.ts";

let run: OrganizationsRun;
beforeAll(async () => {
  run = await runOrganizations();
});
afterAll(() => run.stop());

const board = (id: string) => `/api/profiles/organizations/${id}/board`;

test("a manager enters a board of members and of people without a phone; members see it, strangers do not", async () => {
  const organization = await run.newOrganization("Asociación Uno");
  const treasurer = await run.newMember(organization, "Dina Ríos", { sex: "f" });
  const seat = await run.post(organization.manager, board(organization.id), {
    position: "treasurer",
    personId: treasurer.id,
    since: "2026-01-01",
    until: "2027-12-31",
  });
  expect([seat.status, seat.body.seat]).toEqual([
    201,
    expect.objectContaining({ position: "treasurer", name: "Dina Ríos", sex: "f", current: true }),
  ]);
  const named = { position: "president", name: "Mauro Tello", sex: "m", since: "2026-01-01" };
  expect((await run.post(organization.manager, board(organization.id), named)).status).toBe(201);
  const listed = await run.get(treasurer, board(organization.id));
  expect(listed.body.seats.map(({ name }: { name: string }) => name).sort()).toEqual([
    "Dina Ríos",
    "Mauro Tello",
  ]);
  const stranger = await run.newPerson("Nobody");
  expect(codeOf(await run.get(stranger, board(organization.id)))).toEqual([403, "not-your-organization"]);
  expect(codeOf(await run.post(treasurer, board(organization.id), named))).toEqual([
    403,
    "not-your-organization",
  ]);
});

test("an office is one person's at a time, but for members at large", async () => {
  const organization = await run.newOrganization("Asociación Dos");
  const enter = (seat: object) => run.post(organization.manager, board(organization.id), seat);
  const first = await enter({ position: "secretary", name: "Ana Ríos", since: "2025-01-01" });
  const next = { position: "secretary", name: "Eva Ríos", since: "2026-07-01" };
  expect(codeOf(await enter(next))).toEqual([409, "position-taken"]);
  const { seatId, current: _current, ...held } = first.body.seat;
  const ended = await run.put(organization.manager, `${board(organization.id)}/${seatId}`, {
    ...held,
    until: "2026-06-30",
  });
  expect(ended.body.seat.current).toBe(false);
  expect((await enter(next)).status).toBe(201);
  const atLarge = { position: "member_at_large", since: "2026-01-01" };
  for (const name of ["Uno", "Dos"]) expect((await enter({ ...atLarge, name })).status).toBe(201);
  const answers = await Promise.all(
    ["Luz", "Sol"].map((name) => enter({ position: "ombudsperson", name, since: "2026-01-01" })),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
});

test("a wrong office is said with its place, and one entered by mistake is taken away", async () => {
  const organization = await run.newOrganization("Asociación Tres");
  const stranger = await run.newPerson("Nobody");
  const seat = { position: "president", name: "Ana", since: "2026-01-01" };
  const pathOf = async (more: object) => {
    const { status, body } = await run.post(organization.manager, board(organization.id), {
      ...seat,
      ...more,
    });
    return [status, body.errors?.[0]?.path];
  };
  expect(await pathOf({ name: null })).toEqual([422, "body.personId"]);
  expect(await pathOf({ name: null, personId: stranger.id })).toEqual([422, "body.personId"]);
  expect(await pathOf({ until: "2025-12-31" })).toEqual([422, "body.until"]);
  expect(await pathOf({ position: "chief" })).toEqual([422, "body.position"]);
  const { seatId } = (await run.post(organization.manager, board(organization.id), seat)).body.seat;
  const url = `${board(organization.id)}/${seatId}`;
  expect(codeOf(await run.remove(stranger, url))).toEqual([403, "not-your-organization"]);
  expect((await run.remove(organization.manager, url)).body).toEqual({ removed: true });
  expect(codeOf(await run.remove(organization.manager, url))).toEqual([404, "seat-unknown"]);
});

test("the women's share of the board counts today's offices, and is public from five offices up", async () => {
  const organization = await run.newOrganization("Asociación Cuatro");
  const enter = (position: string, sex: "f" | "m", until: string | null = null) =>
    run.post(organization.manager, board(organization.id), {
      position,
      name: `Holder of ${position}`,
      sex,
      since: "2026-01-01",
      until,
    });
  const shown = async (who: typeof organization.manager | null) =>
    (await run.get(who, `/api/profiles/organizations/${organization.id}`)).body.organization.board;
  await enter("president", "f");
  await enter("vice_president", "m");
  await enter("secretary", "f");
  await enter("treasurer", "m");
  await enter("member_at_large", "f", "2026-06-30");
  expect(await shown(null)).toEqual({ seats: null, womenShare: null });
  expect(await shown(organization.manager)).toEqual({ seats: 4, womenShare: 0.5 });
  await enter("ombudsperson", "f");
  expect(await shown(null)).toEqual({ seats: 5, womenShare: 0.6 });
});
