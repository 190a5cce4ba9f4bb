import { readDemand } from "@minka/contracts/demand";
import { allDistricts, findDistrict } from "@minka/geography/districts";
import { actionButton } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { actionLink, empty, notice, pager, row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import { signedPage } from "../../visits/page.ts";
import { demandPart } from "../purchases/demand-part.ts";
import { beginActing, inForce, readHeld, type Held } from "./acting.ts";
import { deskPath, isBroker, type DeskVisit } from "./own-organization.ts";

/**
 * What members ask for is theirs: the organization sees it of who gave it permission, and of the others only sums. Here
 * it asks in their name.
 */
export const memberRequestsPage = signedPage("/mi-organizacion/:organizationId/pedidos")({
  read: async (visit: DeskVisit) => {
    const held = await readHeld(visit);
    const { organizationId } = visit.params;
    const demand = isBroker(held.desk)
      ? await visit.callIfAny(readDemand, { query: { organizationId } })
      : null;
    return { held, demand: demand?.demand ?? null };
  },
  show: (visit: DeskVisit, { held, demand }, attempt) => {
    const { districtCode } = held.desk.organization;
    const province = findDistrict(districtCode)?.province ?? "su provincia";
    const near = allDistricts().filter(({ code }) => code.slice(0, 4) === districtCode.slice(0, 4));
    return {
      title: "Pedir por una socia o socio",
      desk: true,
      main: html`<h1>¿Por quién quiere pedir?</h1>
        <p class="lead">
          Lo que cada quien pide es suyo. De quien le dio permiso puede ver sus pedidos y pedir en su nombre.
        </p>
        ${permitted(visit, held, attempt)}
        ${demand ? demandPart({ path: deskPath(visit, "/compras/nueva"), demand, near, where: province }) : null}`,
    };
  },
  actions: { empezar: beginActing("/mi/pedidos"), pedir: beginActing("/pedir") },
});

function permitted(visit: DeskVisit, { items, next }: Held, attempt: Attempt | null): Html {
  if (visit.person.actedBy) return notice("Usted ya está haciendo algo por otra persona. Termine primero.");
  const given = inForce(items);
  if (given.length === 0)
    return empty(
      "Nadie le dio permiso todavía. Se da respondiendo SI a un SMS, o de palabra con un testigo si no tiene celular.",
      { href: deskPath(visit, "/permisos"), words: "Pedir permiso a alguien" },
    );
  return html`${rows(
      given.map(({ principal: { personId, name } }) => {
        const values = { persona: personId };
        return row({
          title: name ?? "Alguien sin nombre",
          more: html`<div class="acts">
            ${actionButton(visit, formState(attempt, "pedir", {}, values), "Pedir en su nombre", { values })}
            ${actionButton(visit, formState(attempt, "empezar", {}, values), "Ver sus pedidos", { values, quiet: true })}
          </div>`,
        });
      }),
    )}
    ${pager(visit.path, visit.query, next)}
    <p>${actionLink(deskPath(visit, "/permisos"), "Ver todos los permisos", { quiet: true })}</p>`;
}
