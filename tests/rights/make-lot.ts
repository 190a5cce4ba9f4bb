import { newId } from "@minka/database/new-id";
import postgres from "postgres";
import { insertRows, Json } from "./insert-rows.ts";
import { organizerOf } from "./make-pool.ts";
import type { Means, Try } from "./tries.ts";
import type { Rows } from "./world.ts";

const trace = "rights-test";
const hourMs = 60 * 60 * 1000;
const grams = 100_000;
const centimosPerKg = 10_00;
const value = (grams / 1000) * centimosPerKg;

const buyers = new Map<string, string>();

/** The rows' provider once more, as a verified buyer of its own that its people speak for. */
async function buyerOf({ rows }: Try, { platform }: Means): Promise<string> {
  const like = rows["providerId"] ?? "";
  const known = buyers.get(like);
  if (known) return known;
  const buyerId = newId();
  const owner = postgres(platform.database.ownerUrl, { max: 1, onnotice: () => {} });
  const other = {
    id: buyerId,
    form: "company",
    kinds: ["buyer"],
    state: "verified",
    document_number: null,
    organization_id: null,
  };
  await owner`
    insert into catalog.providers
    select (jsonb_populate_record(p, ${owner.json(other)})).* from catalog.providers p where id = ${like}`;
  await owner`
    insert into catalog.provider_staff (id, provider_id, person_id, role, since)
    select gen_random_uuid(), ${buyerId}::uuid, person_id, 'manager', created_at::date from catalog.providers
    where id = ${like}
    union
    select gen_random_uuid(), ${buyerId}::uuid, s.person_id, s.role, s.since
    from catalog.provider_staff s join catalog.providers p on p.id = s.provider_id and p.person_id <> s.person_id
    where p.id = ${like} and until is null`;
  await owner.end();
  buyers.set(like, buyerId);
  return buyerId;
}

const contractTerms = {
  minimumKg: 1,
  maximumKg: 1000,
  centimosPerKg,
  adjustments: [],
  womenPremiumCentimosPerKg: 0,
  delivery: { districtCode: "221001", place: "Almacén", from: "2026-12-01", until: "2026-12-31" },
  paymentDays: 10,
  advanceCentimos: 0,
};
export const lotTerms = contractTerms;

type LotMade = {
  readonly state: "open" | "collecting" | "composed" | "settled";
  readonly composition?: "proposed" | "approved";
  readonly contract?: "negotiating" | "agreed" | "signed";
  readonly quotedBy?: "organizer" | "buyer";
  readonly delivered?: "recorded" | "confirmed";
  readonly settlement?: "proposed" | "approved";
  /** Nobody has offered anything yet. */
  readonly empty?: boolean;
  readonly openToNeighbours?: boolean;
  /** The person has not agreed to what was written down. */
  readonly unconfirmed?: boolean;
  /** Of what was weighed, what the composition left. */
  readonly left?: number;
  /** Whoever the role is, the organization's: the rows' provider is the other side. */
  readonly ofOrganization?: boolean;
};

/** Pooled harvest that somebody else opened, with what the rows' person offers, as far as it has come. */
export async function newLot(attempt: Try, means: Means, made: LotMade): Promise<Rows> {
  const { rows } = attempt;
  const { state, composition, contract, quotedBy, delivered, settlement, left = 0 } = made;
  const [lotId, pointId, pledgeId, receiptId] = [newId(), newId(), newId(), newId()];
  const [compositionId, contractId, quoteId] = [newId(), newId(), newId()];
  const [deliveryId, settlementId, lineId] = [newId(), newId(), newId()];
  const organizer = organizerOf(made.ofOrganization ? { ...attempt, own: false } : attempt);
  const at = means.platform.clock();
  const later = new Date(at.getTime() + 48 * hourMs);
  const buyerId = contract ? await buyerOf(attempt, means) : "";
  const personId = rows["personId"];
  const isTaken = composition === "approved";
  const taken = grams - left;
  const sums = {
    grossCentimos: value,
    premiumCentimos: 0,
    advanceCentimos: 0,
    feeCentimos: 0,
    creditCentimos: 0,
    netCentimos: value,
  };
  await insertRows(means, [
    [
      "lots",
      {
        id: lotId,
        state,
        organizerKind: organizer.kind,
        organizerId: organizer.id,
        organizerIsGroup: false,
        organizerName: "Asociación",
        title: "Cacao seco de diciembre",
        crop: "cacao",
        cropState: "dry",
        minimumGrams: 1000,
        maximumGrams: 1_000_000,
        limits: new Json({}),
        certificates: [],
        minimumWomenSharePercent: 0,
        pledgeUntil: state === "open" ? later : new Date(at.getTime() - hourMs),
        collectFrom: "2026-11-20",
        collectUntil: "2026-12-20",
        fairness: "most-paid",
        parts: true,
        minimumPartGrams: 0,
        feeCentimosPerKg: 0,
        feePercent: 0,
        expectedCentimosPerKg: centimosPerKg,
        conversions: new Json([]),
        openToNeighbours: made.openToNeighbours ?? false,
        buyerId: null,
        receipts: 1,
        openedAt: at,
        settledAt: state === "settled" ? at : null,
        trace,
      },
    ],
    [
      "lot_points",
      { id: pointId, lotId, name: "Acopio", districtCode: rows["districtCode"], pickupCentimos: 0 },
    ],
  ]);
  if (!made.empty)
    await insertRows(means, [
      [
        "pledges",
        {
          id: pledgeId,
          lotId,
          personId,
          state: "open",
          amount: 100,
          unit: "kg",
          cropState: "dry",
          grams,
          conversions: new Json([]),
          certificates: [],
          pointId,
          flags: new Json([]),
          confirmed: !made.unconfirmed,
          pledgedAt: at,
          weighedGrams: state === "open" ? null : grams,
          takenGrams: isTaken ? taken : null,
          leftGrams: isTaken ? left : null,
          trace,
        },
      ],
      [
        "lot_receipts",
        {
          id: receiptId,
          lotId,
          pledgeId,
          number: 1,
          grams,
          cropState: "dry",
          lotGrams: grams,
          conversions: new Json([]),
          pointId,
          weighedAt: at,
        },
      ],
    ]);
  if (composition)
    await insertRows(means, [
      [
        "lot_compositions",
        {
          id: compositionId,
          lotId,
          state: composition,
          grams: taken,
          averages: new Json({}),
          womenSharePercent: 0,
          payCentimos: value,
          pickupCentimos: 0,
          netCentimos: value,
          proven: true,
          gapCentimos: 0,
          makers: [newId()],
          proposedAt: at,
          decidedAt: isTaken ? at : null,
        },
      ],
      [
        "lot_composition_lines",
        {
          compositionId,
          pledgeId,
          personId,
          woman: false,
          offeredGrams: grams,
          takenGrams: taken,
          leftGrams: left,
          centimosPerKg,
          payCentimos: value,
        },
      ],
    ]);
  if (contract)
    await insertRows(means, [
      [
        "lot_contracts",
        {
          id: contractId,
          lotId,
          buyerId,
          buyerName: "Compradora",
          state: contract,
          terms: contract === "negotiating" ? null : new Json(contractTerms),
          makers: [newId()],
          signedByOrganizerAt: contract === "signed" ? at : null,
          signedByBuyerAt: contract === "signed" ? at : null,
          createdAt: at,
          trace,
        },
      ],
      ...(quotedBy
        ? [
            [
              "lot_quotes",
              {
                id: quoteId,
                contractId,
                by: quotedBy,
                state: "open",
                terms: new Json(contractTerms),
                makers: [newId()],
                at,
                validUntil: later,
              },
            ] as const,
          ]
        : []),
    ]);
  if (delivered)
    await insertRows(means, [
      [
        "lot_deliveries",
        {
          id: deliveryId,
          lotId,
          contractId,
          state: delivered,
          recordedBy: "organizer",
          grams: taken,
          womenGrams: 0,
          quality: new Json({}),
          centimosPerKg,
          valueCentimos: value,
          womenPremiumCentimos: 0,
          deliveredOn: "2026-11-24",
          at,
        },
      ],
    ]);
  if (settlement)
    await insertRows(means, [
      [
        "lot_settlements",
        {
          id: settlementId,
          lotId,
          state: settlement,
          contractCentimos: value,
          ...sums,
          makers: [newId()],
          proposedAt: at,
          decidedAt: settlement === "approved" ? at : null,
          trace,
        },
      ],
      [
        "lot_settlement_lines",
        {
          id: lineId,
          settlementId,
          personId,
          lotId,
          woman: false,
          grams,
          ...sums,
          carriedCentimos: 0,
        },
      ],
    ]);
  return {
    lotId,
    pointId,
    pledgeId,
    receiptId,
    compositionId,
    contractId,
    quoteId,
    deliveryId,
    settlementId,
    lineId,
    buyerId,
  };
}
