import { requestErasure } from "@minka/contracts/personal-data";
import { z } from "zod";
import { form, submit, tickField } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { notice } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import * as kinds from "../../forms/field-kinds.ts";
import { endSession } from "../../sessions/sessions.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";
import { backToData, ownParams, readAllOfOwnProfile } from "./own-profile.ts";

const lost = [
  "Su nombre, su DNI, su celular y el lugar donde vive.",
  "Su chacra, sus parcelas y sus cosechas.",
  "Sus pedidos: los que están abiertos se cancelan, y también las visitas.",
  "Sus mensajes con Minka.",
  "Su lugar en su organización y en las compras en grupo.",
] as const;

/** Erasure, which cannot be taken back: what is lost is said first, and one tick agrees to it. */
export const erasePage = signedPage("/mi/datos/borrar")({
  read: readAllOfOwnProfile,
  show(visit, _data, attempt) {
    const state = formState(attempt, "borrar");
    return {
      title: "Borrar mis datos",
      main: html`<h1>Borrar todo lo que Minka tiene de usted</h1>
        <p class="lead">Se borra para siempre, en todas partes y en pocos minutos:</p>
        <ul class="rows">
          ${lost.map((thing) => html`<li>${thing}</li>`)}
        </ul>
        ${notice("Lo que alguien le prestó o le debe sigue valiendo: queda escrito sin su nombre.")}
        <p>
          Si quiere, primero <a href="/mi/datos/archivo">descargue todo lo que hay de usted</a>. Si solo
          quiere que no le escriban, basta <a href="/mi/datos/permisos">retirar un permiso</a>.
        </p>
        ${
          visit.person.actedBy
            ? notice("Esto lo decide solo la misma persona, no quien le ayuda.")
            : form(
                visit,
                state,
                html`${tickField(state, { name: "seguro", label: "Entiendo que no se puede deshacer" })}
                ${submit("Borrar mis datos", { danger: true })}`,
              )
        }
        ${backToData}`,
    };
  },
  actions: {
    borrar: action(
      z.object({ seguro: kinds.tickNeeded("Marque que entiende, y vuelva a tocar el botón.") }),
      async (visit) => {
        await visit.call(requestErasure, { params: ownParams(visit), body: {} });
        if (visit.session) await endSession(visit.means, visit.session, visit.trace);
        return goTo("/", "borrado", [{ cookie: "session", key: null }]);
      },
    ),
  },
});
