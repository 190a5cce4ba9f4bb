import {
  changePledge,
  listOwnPledges,
  makePledge,
  readPledge,
  withdrawPledge,
} from "@minka/contracts/lot-pledges";
import { listCertificates } from "@minka/contracts/people";
import { readStatement, type Statement } from "@minka/contracts/lot-settlements";
import { readLot, type Lot } from "@minka/contracts/lots";
import { DomainError } from "@minka/domain/errors";
import { z } from "zod";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { offeredOf, pledgeFieldOf, pledgeShape } from "../lots/pledge-fields.ts";
import { ownLotView } from "./own-lot-view.ts";

type LotVisit = SignedVisit<{ lotId: string }>;

const here = ({ params }: LotVisit, notice: string) => goTo(`/mi/cosecha/${params.lotId}`, notice);

/** Whoever looks on at a shared phone is not told either whether there is one. */
async function readOwnStatement(visit: LotVisit): Promise<Statement | "behind-word" | null> {
  try {
    const params = { lotId: visit.params.lotId, personId: visit.person.personId };
    return (await visit.call(readStatement, { params })).statement;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "word-needed") return "behind-word";
    if (error.category === "not-found") return null;
    throw error;
  }
}

/** As what their harvest of this crop is certified, by what they have entered, where the lot's buyer asks for it. */
async function readHeld(visit: LotVisit, { certificates, crop, collectFrom }: Lot): Promise<string[]> {
  if (certificates.length === 0) return [];
  const params = { personId: visit.person.personId };
  const listed = await visit.callIfAny(listCertificates, { params, query: { limit: 100 } });
  const held =
    listed?.items.filter((one) => one.expiresOn >= collectFrom && (one.crop ?? crop) === crop) ?? [];
  return held.map(({ certificate }) => certificate);
}

/** One lot as who grows sees it: what they put in, what was weighed, what they get and why. */
export const ownLotPage = signedPage("/mi/cosecha/:lotId")({
  read: async (visit) => {
    const { lotId } = visit.params;
    const { personId, actedBy } = visit.person;
    const { lot } = await visit.call(readLot, { params: { lotId } });
    const own = await visit.call(listOwnPledges, { params: { personId }, query: { limit: 100 } });
    const pledge = own.items.find((one) => one.lotId === lotId && one.state === "open") ?? null;
    const details = pledge && (await visit.call(readPledge, { params: { pledgeId: pledge.id } }));
    // Nobody reads in another's name what they get: it tells also what they owe.
    const told = lot.state === "settled" && !actedBy ? await readOwnStatement(visit) : null;
    return {
      lot,
      pledge,
      details,
      held: pledge === null && lot.state === "open" ? await readHeld(visit, lot) : [],
      statement: told === "behind-word" ? null : told,
      isBehindWord: told === "behind-word",
    };
  },
  show: (visit, data, attempt) => ownLotView(visit, data, attempt),
  refusals: lotRefusals,
  actions: {
    ofrecer: action(
      z.object(pledgeShape),
      async (visit: LotVisit, offered) => {
        await visit.call(makePledge, {
          params: visit.params,
          body: { personId: visit.person.personId, ...offeredOf(offered) },
        });
        return here(visit, "ofrecido");
      },
      pledgeFieldOf,
    ),
    cambiar: action(
      z.object({ aporte: kinds.id(), ...pledgeShape }),
      async (visit: LotVisit, { aporte, ...offered }) => {
        await visit.call(changePledge, { params: { pledgeId: aporte }, body: offeredOf(offered) });
        return here(visit, "cambiado");
      },
      pledgeFieldOf,
    ),
    retirar: action(z.object({ aporte: kinds.id() }), async (visit: LotVisit, { aporte }) => {
      await visit.call(withdrawPledge, { params: { pledgeId: aporte } });
      return goTo("/mi/cosecha", "retirado");
    }),
  },
  notices: {
    ofrecido: "Anotado. Le avisamos por SMS dónde y cuándo llevarlo.",
    cambiado: "Cambiado.",
  },
});
