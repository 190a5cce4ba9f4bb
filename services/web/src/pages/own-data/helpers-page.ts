import { listDelegations, withdrawDelegation, type Delegation } from "@minka/contracts/acting";
import { limaDay } from "@minka/domain/lima-time";
import { z } from "zod";
import { actionButton } from "../../design/fields.ts";
import { html, type Html } from "../../design/html.ts";
import { empty, notice, pager, row, rows } from "../../design/parts.ts";
import { formState, type Attempt } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { dayWords } from "../../words/field-words.ts";
import { backToData } from "./own-profile.ts";

const path = "/mi/datos/quien-ayuda";

/** Who may ask in one's name, and until when. */
export const helpersPage = signedPage(path)({
  async read(visit) {
    if (visit.person.actedBy) return null;
    const cursor = visit.query["desde"];
    const query = { side: "given", state: "standing" } as const;
    return (
      (cursor ? await visit.callIfAny(listDelegations, { query: { ...query, cursor } }) : null) ??
      (await visit.call(listDelegations, { query }))
    );
  },
  show: (visit, list, attempt) => ({
    title: "Quién puede pedir por usted",
    main: html`<h1>Quién puede pedir por usted</h1>
      <p class="lead">
        Quien tiene su permiso pide y responde en su nombre. No ve sus mensajes ni decide sobre sus créditos.
      </p>
      ${
        list
          ? html`${given(visit, list.items, attempt)} ${pager(path, visit.query, list.next)}`
          : notice("Esto lo ve y lo decide solo la misma persona, no quien le ayuda.")
      }
      ${backToData}`,
  }),
  actions: {
    quitar: action(z.object({ permiso: kinds.id() }), async (visit, { permiso }) => {
      await visit.call(withdrawDelegation, { params: { delegationId: permiso } });
      return goTo(path, "quitado");
    }),
  },
  notices: { quitado: "Listo, ya no puede pedir por usted." },
});

function given(visit: SignedVisit, items: readonly Delegation[], attempt: Attempt | null): Html {
  if (items.length === 0)
    return empty(
      "Nadie tiene permiso de pedir por usted. Se da respondiendo SI al SMS que le llega cuando alguien se lo pide.",
    );
  return rows(
    items.map(({ id, delegate, organization, state, expiresAt }) => {
      const name = organization?.name ?? delegate?.name ?? "Alguien sin nombre";
      const until = dayWords(limaDay(new Date(expiresAt)), visit.today);
      return row({
        title: name,
        lines: [
          state === "asked"
            ? `Espera su SI o NO por SMS hasta el ${until}`
            : `Tiene permiso hasta el ${until}`,
        ],
        more: actionButton(
          visit,
          formState(attempt, "quitar", {}, { permiso: id }),
          `Quitarle el permiso a ${name}`,
          {
            values: { permiso: id },
            danger: true,
          },
        ),
      });
    }),
  );
}
