import type { BrokeringRun } from "./brokering-run.ts";

/** A cooperative with two managers that vouches for so much at most, and a lender that asks for its word. */
export async function vouching(run: BrokeringRun, limitCentimos: number, members = 1) {
  const { world } = run;
  const cooperative = world.cooperative(members);
  const second = world.person({ sex: "f" });
  world.join(second, cooperative.id, "manager");
  const [broker, manager, other] = [cooperative.broker, cooperative.manager, second].map((each) =>
    run.signIn(each),
  );
  if (!broker || !manager || !other) throw new Error("somebody is missing");
  const limit = { organizationId: cooperative.id, limitCentimos };
  const proposed = await broker("POST", "/api/brokering/endorsement-limits", limit);
  const approval = `/api/brokering/endorsement-limits/${proposed.body.changeId}/approval`;
  const approved = await manager("POST", approval);
  if (approved.body.limitCentimos !== limitCentimos) throw new Error(JSON.stringify(approved.body));
  const lender = world.provider(["lender"], "Caja Tocache");
  const offerId = world.lenders.lend(lender.id, {
    requirements: [{ requirement: "association_endorsement", substitutes: [] }],
  });
  const askFor = async (personId: string, creditId: string) =>
    (
      await run.signIn(personId)("POST", `/api/brokering/credits/${creditId}/endorsements`, {
        organizationId: cooperative.id,
      })
    ).body.endorsementId as string;
  const exposure = async () =>
    (await manager("GET", `/api/brokering/endorsement-exposures/${cooperative.id}`)).body;
  return { cooperative, second, broker, manager, other, lender, offerId, askFor, exposure };
}
