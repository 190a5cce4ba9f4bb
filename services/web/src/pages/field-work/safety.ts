import { readablePhone } from "@minka/domain/phone";
import { html, type Content, type Html } from "../../design/html.ts";
import { actionLink } from "../../design/parts.ts";
import type { WebConfig } from "../../config.ts";

/** What Minka reads as: a person is to call back, at once. */
const callForHelp = "Quiero hablar con una persona. Es urgente.";

/** What one may need before there is time to read: it stays at the lower edge of a page that is used in the field. */
export const helpInReach: Html = html`<p class="reach"><a class="more" href="#ayuda">Necesito ayuda</a></p>`;

/** Calls and an SMS work where the page itself has no signal. */
export function safety({ smsNumber }: Pick<WebConfig, "smsNumber">): Content {
  return html`<section id="ayuda">
    <h2>Si necesita ayuda</h2>
    <p>Si está en peligro, llame. La llamada es gratis y no hace falta internet.</p>
    <p>
      ${actionLink("tel:105", "Llamar a la Policía: 105")}
      ${actionLink("tel:106", "Llamar a la ambulancia: 106", { quiet: true })}
    </p>
    ${
      smsNumber
        ? html`<p>
            ${actionLink(`sms:${smsNumber}?body=${encodeURIComponent(callForHelp)}`, `Mandar un SMS a Minka para que le llamen: ${readablePhone(smsNumber)}`, { quiet: true })}
          </p>`
        : html`<p>Mande un SMS a Minka: «${callForHelp}» Una persona le llama.</p>`
    }
    <p class="quiet">
      Al llegar y al salir también puede mandar un SMS con la palabra AQUI: sirve igual que los botones.
    </p>
  </section>`;
}
