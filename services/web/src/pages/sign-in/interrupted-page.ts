import { z } from "zod";
import { actionButton, hidden, submit } from "../../design/fields.ts";
import { html } from "../../design/html.ts";
import { actionLink, facts, notice } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import { findInterrupted, forgetInterrupted } from "../../sessions/interrupted-forms.ts";
import { goTo } from "../../visits/destination.ts";
import { drawAgain } from "../../visits/draw-again.ts";
import { action, signedPage } from "../../visits/page.ts";

const gone = { cookie: "interrupted", id: null } as const;

/** What somebody was sending when their sign-in was over: it goes where it was going once they say so. */
export const interruptedPage = signedPage("/entrar/seguir")({
  fleeting: true,
  read: async (visit) => {
    const form = await findInterrupted(visit.means, visit.interruptedId, visit.person);
    return form ? { ...form, drawn: await drawAgain(visit, form) } : goTo("/mi", undefined, [gone]);
  },
  show: (visit, { address, fields, withFile, drawn }, attempt) => {
    // What was typed is read where its page is theirs to read: another of the house may have signed in by their name.
    const told = [...(drawn?.told.values() ?? [])].filter((fact) => fact !== null);
    return {
      title: "Lo que estaba enviando",
      main: html`<h1>Usted estaba enviando esto</h1>
        <p class="lead">Su entrada terminó antes de que llegara. Todavía no se hizo nada.</p>
        ${
          drawn
            ? facts([["Estaba en", drawn.title], ...told])
            : notice("La página donde lo escribió no se puede ver ahora: por eso no se envía.")
        }
        ${withFile ? notice("El archivo no lo guardamos: se lo vamos a pedir otra vez.") : null}
        ${
          drawn
            ? html`<form method="post" action="${address}">
                  ${fields.map(([name, value]) => hidden(name, value))} ${submit("Enviar ahora")}
                </form>
                ${actionLink(address, "Ver o cambiar antes de enviar", { quiet: true })}`
            : null
        }
        ${actionButton(visit, formState(attempt, "no"), "No enviar", { quiet: true })}
        <p class="quiet">Lo escrito espera aquí una hora.</p>`,
    };
  },
  actions: {
    no: action(z.object({}), async (visit) => {
      await forgetInterrupted(visit.means, visit.interruptedId);
      return goTo("/mi", undefined, [gone]);
    }),
  },
});
