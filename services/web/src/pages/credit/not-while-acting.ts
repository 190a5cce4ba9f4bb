import { html } from "../../design/html.ts";
import { actionLink } from "../../design/parts.ts";
import type { View } from "../../visits/page.ts";

/** What somebody borrows is theirs alone: who helps them neither sees it nor learns whether there is any. */
export const creditIsTheirs: View = {
  title: "Crédito",
  main: html`<h1>El crédito solo lo ve su dueña o dueño</h1>
    <p class="lead">
      Usted está haciendo cosas por otra persona. Nadie ve ni pide créditos en nombre de otros, ni siquiera
      con permiso. Ella o él entra con su propio celular.
    </p>
    ${actionLink("/mi/por-otros", "Volver a lo mío")}`,
};
