import { makePledge } from "@minka/contracts/lot-pledges";
import { z } from "zod";
import { form, selectField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { empty } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { findMember, readMembers } from "../organization-desk/choose-member.ts";
import { lotPath, readOwnLot, type LotVisit } from "./own-lot.ts";
import { offeredOf, pledgeDefaults, pledgeFieldOf, pledgeFields, pledgeShape } from "./pledge-fields.ts";

/** What somebody offers, written down for them: they are asked by SMS whether it is so. */
export const enterPledgePage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/anotar")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    return { lot, members: await readMembers(visit) };
  },
  show: (visit, { lot, members }, attempt) => {
    const state = formState(attempt, "anotar", pledgeDefaults(lot, null));
    return {
      title: "Anotar lo que ofrece alguien",
      desk: true,
      main: html`<h1>¿Quién pone, y cuánto?</h1>
        <p class="lead">Lo anota para ${lot.title}. La persona recibe un SMS y dice si es así.</p>
        ${
          members.whole && members.people.length === 0
            ? empty("La organización todavía no tiene socias ni socios en Minka.", {
                href: `/mi-organizacion/${visit.params.organizationId}/miembros`,
                words: "Invitar a sus socias y socios",
              })
            : html`${findMember(visit, members)}${form(
                visit,
                state,
                html`${selectField(state, {
                  name: "persona",
                  label: "¿Quién?",
                  none: "Elija",
                  options: members.people.map(({ personId, words }) => ({ value: personId, words })),
                })}
                ${pledgeFields(state, lot, { ownWords: false })}${submit("Anotarlo y preguntarle por SMS")}`,
              )}`
        }`,
    };
  },
  refusals: lotRefusals,
  actions: {
    anotar: action(
      z.object({ persona: kinds.id(), ...pledgeShape }),
      async (visit: LotVisit, { persona, ...offered }) => {
        const { certificates, ...body } = offeredOf(offered);
        await visit.call(makePledge, {
          params: { lotId: visit.params.lotId },
          // Who writes it down need not know of any: then those count that the person has entered.
          body: { personId: persona, ...body, ...(certificates.length > 0 ? { certificates } : {}) },
        });
        return goTo(lotPath(visit), "anotado");
      },
      pledgeFieldOf,
    ),
  },
});
