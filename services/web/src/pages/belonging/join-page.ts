import { askToJoin } from "@minka/contracts/memberships";
import { readOrganization } from "@minka/contracts/organizations";
import { z } from "zod";
import { standingOf } from "../../frame/standing.ts";
import { actionButton } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { actionLink, facts } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { capitalized, soles } from "../../words/field-words.ts";
import { belongingPath } from "./belonging-page.ts";

/** What joining costs and asks, before it is asked for. */
export const joinPage = signedPage(`${belongingPath}/entrar/:organizationId`)({
  read: async (visit) => {
    const [{ organization }, { organizations }] = await Promise.all([
      visit.call(readOrganization, { params: visit.params }),
      standingOf(visit),
    ]);
    return { organization, belongs: organizations.some(({ id }) => id === organization.id) };
  },
  show: (visit, { organization, belongs }, attempt) => {
    const { name, entryFeeCentimos, requirements, services } = organization;
    return {
      title: `Entrar a ${name}`,
      main: belongs
        ? html`<h1>Usted ya es parte de ${name}</h1>
            ${actionLink(belongingPath, "Ver mi organización")}`
        : html`<h1>¿Pedir entrar a ${name}?</h1>
            ${facts([
              [
                "Entrar cuesta",
                entryFeeCentimos === null
                  ? "pregunte"
                  : entryFeeCentimos === 0
                    ? "nada"
                    : soles(entryFeeCentimos),
              ],
              requirements.length > 0 ? ["Piden", capitalized(requirements.join(", "))] : null,
              services.length > 0 ? ["Dan", capitalized(services.join(", "))] : null,
            ])}
            <p>Les decimos su nombre y su celular. Responden en 14 días o menos; le avisamos por SMS.</p>
            ${actionButton(visit, formState(attempt, "entrar"), `Pedir entrar a ${name}`)}
            <p><a class="more" href="/organizaciones/${organization.id}">Ver más de ${name}</a></p>`,
    };
  },
  actions: {
    entrar: action(z.object({}), async (visit) => {
      await visit.call(askToJoin, { params: visit.params, body: { personId: visit.person.personId } });
      return goTo(belongingPath, "pedido");
    }),
  },
});
