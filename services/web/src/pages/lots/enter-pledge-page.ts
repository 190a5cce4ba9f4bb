import { makePledge } from "@minka/contracts/lot-pledges";
import { listMembers } from "@minka/contracts/memberships";
import { z } from "zod";
import { form, selectField, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { empty } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { lotRefusals } from "../../words/refusals/lots.ts";
import { lotPath, readOwnLot, type LotVisit } from "./own-lot.ts";
import { offeredOf, pledgeDefaults, pledgeFieldOf, pledgeFields, pledgeShape } from "./pledge-fields.ts";

/** More members than a list to choose from bears are entered by SMS or one by one from their own page. */
const mostPages = 5;

/** What somebody offers, written down for them: they are asked by SMS whether it is so. */
export const enterPledgePage = signedPage("/mi-organizacion/:organizationId/lotes/:lotId/anotar")({
  read: async (visit) => {
    const lot = await readOwnLot(visit);
    return { lot, members: await activeMembers(visit) };
  },
  show: (visit, { lot, members }, attempt) => {
    const state = formState(attempt, "anotar", pledgeDefaults(lot, null));
    return {
      title: "Anotar lo que ofrece alguien",
      desk: true,
      main: html`<h1>¿Quién pone, y cuánto?</h1>
        <p class="lead">Lo anota para ${lot.title}. La persona recibe un SMS y dice si es así.</p>
        ${
          members.length === 0
            ? empty("La organización todavía no tiene socias ni socios en Minka.", {
                href: `/mi-organizacion/${visit.params.organizationId}/miembros`,
                words: "Invitar a sus socias y socios",
              })
            : form(
                visit,
                state,
                html`${selectField(state, {
                  name: "persona",
                  label: "¿Quién?",
                  none: "Elija",
                  options: members.map(({ personId, name }) => ({ value: personId, words: name })),
                })}
                ${pledgeFields(state, lot, { ownWords: false })}${submit("Anotarlo y preguntarle por SMS")}`,
              )
        }`,
    };
  },
  refusals: lotRefusals,
  actions: {
    anotar: action(
      z.object({ persona: kinds.id(), ...pledgeShape }),
      async (visit: LotVisit, { persona, ...offered }) => {
        await visit.call(makePledge, {
          params: { lotId: visit.params.lotId },
          body: { personId: persona, ...offeredOf(offered) },
        });
        return goTo(lotPath(visit), "anotado");
      },
      pledgeFieldOf,
    ),
  },
});

async function activeMembers(visit: LotVisit) {
  const { organizationId } = visit.params;
  const members: { personId: string; name: string }[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const found = await visit.call(listMembers, {
      params: { organizationId },
      query: { state: "active", cursor, limit: 100 },
    });
    const names = await visit.namesOf(found.items.map(({ personId }) => personId));
    for (const { personId, name } of found.items)
      if (personId !== null) members.push({ personId, name: names.get(personId) ?? name ?? "Sin nombre" });
    if (found.next === null) break;
    cursor = found.next;
  }
  return members.toSorted((one, other) => one.name.localeCompare(other.name, "es"));
}
