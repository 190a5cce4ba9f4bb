import { newId } from "@minka/database/new-id";
import type postgres from "postgres";
import type { SignedIn } from "./signed-in.ts";

type Parties = {
  readonly owner: postgres.Sql;
  readonly now: Date;
  readonly organizationId: string;
  /** Opens what is arranged, and is in the purchase too. */
  readonly manager: SignedIn;
  readonly member: SignedIn;
  /** By which they paid. */
  readonly operationNumber: string;
};

const hours = 60 * 60 * 1000;

/** What a member has of their organization's: an order with a deposit, a pledge, a credit, and a neighbour's guarantee. */
export async function broker({ owner, now, organizationId, manager, member, operationNumber }: Parties) {
  const organizer = { kind: "organization", id: organizationId };
  const inDays = (days: number) => new Date(now.getTime() + days * 24 * hours).toISOString();
  const { poolId } = await manager.done("POST", "/api/brokering/pools", {
    organizer,
    title: "Urea 46%, sacos de 50 kg",
    product: "urea",
    pack: { amount: 50, unit: "kg" },
    districts: ["221001"],
    deadline: inDays(7),
    minimumPacks: 5,
    points: [{ name: "Local comunal", districtCode: "221001" }],
  });
  const joins = (who: SignedIn, packs: number) =>
    who.done("POST", `/api/brokering/pools/${poolId}/orders`, { personId: who.personId, packs });
  const { order } = await joins(member, 4);
  await joins(manager, 6);
  const { payment } = await member.done("POST", "/api/brokering/payments", {
    subject: { kind: "pool-order", id: order.id },
    amountCentimos: 120_00,
    method: "yape",
    operationNumber,
    deposit: true,
  });
  const { lotId } = await manager.done("POST", "/api/brokering/lots", {
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
  });
  const pledge = (who: SignedIn) =>
    who.done("POST", `/api/brokering/lots/${lotId}/pledges`, {
      personId: who.personId,
      amount: { amount: 100, unit: "kg" },
    });
  const { pledgeId } = await pledge(member);
  await pledge(manager);
  const asks = (who: SignedIn) =>
    who.done("POST", "/api/brokering/credits", {
      borrower: { kind: "person", personId: who.personId },
      amountCentimos: 1_000_00,
      months: 6,
      purpose: "fertilizer",
      districtCode: "221001",
      declared: ["identity_document"],
    });
  const { creditId } = await asks(member);
  await member.done("POST", `/api/brokering/credits/${creditId}/products`, {});
  await member.done("POST", `/api/brokering/credits/${creditId}/endorsements`, { organizationId });
  const neighbours = await asks(manager);
  const [guaranteeId, guarantorId] = [newId(), newId()];
  await owner`
    insert into brokering.group_guarantees (id, credit_id, state, created_at, trace)
    values (${guaranteeId}, ${neighbours.creditId}, 'gathering', ${now}, 'test')`;
  await owner`
    insert into brokering.guarantors (id, guarantee_id, person_id, centimos, state, asked_at, expires_at, trace)
    values (${guarantorId}, ${guaranteeId}, ${member.personId}, 33333, 'asked', ${now}, ${inDays(7)}, 'test')`;
  return {
    poolId,
    orderId: order.id,
    paymentId: payment.id,
    lotId,
    pledgeId,
    creditId,
    guarantorId,
  } as Record<"poolId" | "orderId" | "paymentId" | "lotId" | "pledgeId" | "creditId" | "guarantorId", string>;
}
