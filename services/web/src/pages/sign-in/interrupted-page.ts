import { z } from "zod";
import { actionButton, hidden, submit } from "../../design/fields.ts";
import { html, type Content } from "../../design/html.ts";
import { notice } from "../../design/parts.ts";
import { formState } from "../../forms/attempt.ts";
import { findInterrupted, forgetInterrupted } from "../../sessions/interrupted-forms.ts";
import { goTo } from "../../visits/destination.ts";
import { action, signedPage } from "../../visits/page.ts";

const gone = { cookie: "interrupted", id: null } as const;

/** What somebody was sending when their sign-in was over: it goes where it was going once they say so. */
export const interruptedPage = signedPage("/entrar/seguir")({
  fleeting: true,
  read: async (visit) =>
    (await findInterrupted(visit.means, visit.interruptedId, visit.person)) ?? goTo("/mi", undefined, [gone]),
  show: (visit, { address, fields, withFile }, attempt) => ({
    title: "Lo que estaba enviando",
    main: html`<h1>Usted estaba enviando esto</h1>
      <p class="lead">Su entrada terminó antes de que llegara. Todavía no se hizo nada.</p>
      ${written(fields)}
      ${withFile ? notice("El archivo no lo guardamos: se lo vamos a pedir otra vez.") : null}
      <form method="post" action="${address}">
        ${fields.map(([name, value]) => hidden(name, value))} ${submit("Enviar ahora")}
      </form>
      ${actionButton(visit, formState(attempt, "no"), "No enviar", { quiet: true })}
      <p class="quiet"><a href="${address}">Ver primero esa página</a>: lo escrito espera aquí una hora.</p>`,
  }),
  actions: {
    no: action(z.object({}), async (visit) => {
      await forgetInterrupted(visit.means, visit.interruptedId);
      return goTo("/mi", undefined, [gone]);
    }),
  },
});

/** Of what was typed that which only a person writes: the rest are marks and numbers that say little alone. */
function written(fields: readonly (readonly [string, string])[]): Content {
  const texts = fields
    .map(([, value]) => value.trim())
    .filter((value) => /\p{L}[,.;:]?\s+\p{L}/u.test(value));
  return texts.map((text) => html`<p>«${text}»</p>`);
}
