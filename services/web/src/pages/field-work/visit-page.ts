import { DomainError } from "@minka/domain/errors";
import { html } from "../../design/html.ts";
import { signedPage } from "../../visits/page.ts";
import type { SignedVisit } from "../../visits/visit.ts";
import { capitalized, weekdayWords } from "../../words/field-words.ts";
import { readOwnProvider } from "../provider/own-provider.ts";
import { findStop, readStays, withContacts } from "./read-work.ts";
import { helpInReach, safety } from "./safety.ts";
import { stopCard } from "./stop-card.ts";
import { visitActions, visitNotices } from "./visit-actions.ts";
import { placeWords } from "./work-words.ts";
import { fieldWorkRefusals } from "../../words/refusals/field-work.ts";

type Params = { readonly providerId: string; readonly engagementId: string };

/** One visit alone, as its day's page has it. */
export const visitPage = signedPage("/mi-servicio/:providerId/visita/:engagementId")({
  async read(visit) {
    const { providerId, engagementId } = visit.params;
    await readOwnProvider(visit);
    const found = await findStop(visit, providerId, engagementId);
    if (!found) throw new DomainError("not-found", "no-such-page", "Nothing is here.");
    const [[stop], stays] = await Promise.all([withContacts(visit, [found]), readStays(visit)]);
    return { stop: stop ?? found, stays };
  },
  show(visit, { stop, stays }, attempt) {
    const { providerId } = visit.params;
    return {
      title: `Visita en ${placeWords(stop)}`,
      desk: true,
      main: html`<h1>${capitalized(weekdayWords(stop.day, visit.today))}: visita en ${placeWords(stop)}</h1>
        <h2>Quién le espera</h2>
        <ol class="rows">
          ${stopCard({ visit, attempt, stays }, stop, 1)}
        </ol>
        <p class="pager">
          <a class="more" href="/mi-servicio/${providerId}/plan/dia/${stop.day}">Todo ese día</a>
          <a class="more" href="/mi-servicio/${providerId}/plan?mes=${stop.day.slice(0, 7)}">Todo el mes</a>
        </p>
        ${safety(visit.config)}${helpInReach}`,
    };
  },
  actions: visitActions<Params>(
    ({ params: { providerId, engagementId } }: SignedVisit<Params>) =>
      `/mi-servicio/${providerId}/visita/${engagementId}`,
    ({ params: { providerId } }: SignedVisit<Params>) => `/mi-servicio/${providerId}/plan`,
  ),
  refusals: fieldWorkRefusals,
  notices: visitNotices,
});
