import { readablePhone } from "@minka/domain/phone";
import { html, type Html } from "../../design/html.ts";
import { actionLink, facts } from "../../design/parts.ts";
import { dayWords } from "../../words/field-words.ts";
import { complaintOf } from "./complaint-words.ts";
import type { RequestData, RequestVisit } from "./read-request-page.ts";
import { agreedMatch, priceOf, scoreWords, whyWords } from "./request-words.ts";

/** What is before a person of Minka: what was said is wrong, of which visit, and what happens next. */
export function disputePart({ today }: RequestVisit, { request, contact }: RequestData): Html {
  const { engagement } = request;
  const provider = agreedMatch(request)?.providerName ?? "la otra persona";
  const complaint = complaintOf(request);
  const who = complaint?.by === "requester" ? "Usted reclamó" : `${provider} dice`;
  const declined = request.reason?.parameters["why"] === "rework-declined";
  const why = declined ? `${provider} no quiere volver.` : whyWords(request.reason, request.need.kind);
  const phone = contact?.phone;
  const price = engagement && priceOf(engagement);
  const score = engagement?.score ?? null;
  return html`${
      complaint
        ? html`<p>${who}: <strong>«${complaint.words}»</strong>.</p>`
        : why
          ? html`<p>${why}</p>`
          : null
    }
    <p>Una persona de Minka escucha a las dos partes y decide. Mientras tanto no se puede anular.</p>
    ${phone ? actionLink(`tel:${phone}`, `Llamar a ${contact.name ?? provider}`, { quiet: true }) : null}
    ${facts([
      ["Quedó con", provider],
      contact?.name && contact.name !== provider ? ["Hable con", contact.name] : null,
      phone ? ["Celular", html`<a href="tel:${phone}">${readablePhone(phone)}</a>`] : null,
      engagement ? ["Día", dayWords(engagement.visitOn, today)] : null,
      price ? ["Precio", price] : null,
      score === null ? null : ["Su nota", `${score} de 5: ${scoreWords[score]}`],
    ])}`;
}
