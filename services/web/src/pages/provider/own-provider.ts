import { listOwnProviders } from "@minka/contracts/providers";
import type { Answer } from "@minka/contracts/endpoint";
import { DomainError } from "@minka/domain/errors";
import { notice } from "../../design/parts.ts";
import { html, type Content } from "../../design/html.ts";
import type { SignedVisit } from "../../visits/visit.ts";

export type OwnProvider = Answer<typeof listOwnProviders>["providers"][number];
export type ProviderVisit = SignedVisit<{ providerId: string }>;

/** The provider of the address, for who acts for it; to anybody else its pages do not exist. */
export async function readOwnProvider({ call, params, person }: ProviderVisit): Promise<OwnProvider> {
  const { providers } = await call(listOwnProviders, { params: { personId: person.personId } });
  const own = providers.find(({ id }) => id === params.providerId);
  if (own) return own;
  throw new DomainError("not-found", "no-such-page", "Nothing is here.");
}

export const providerPath = (providerId: string, path = "") => `/mi-servicio/${providerId}${path}`;

/** What keeps orders away, and what to do about it. */
export function stateNotice({ id, state, as }: OwnProvider): Content {
  const data = html`<a href="${providerPath(id, "/datos")}">Datos y personal</a>`;
  switch (state) {
    case "draft":
      return notice(
        as === "manager"
          ? html`Nadie ve todavía sus ofertas. Falta enviar sus datos: complételos en ${data}.`
          : "Nadie ve todavía las ofertas: falta que la persona encargada envíe los datos.",
      );
    case "submitted":
      return notice(
        "Una persona de Minka revisa sus datos. Cuando termine le avisa por SMS y empieza a recibir pedidos.",
      );
    case "held":
      return notice(
        "Alguien presentó una queja. Hasta que una persona de Minka la revise no le llegan pedidos nuevos. Lo acordado sigue.",
      );
    case "suspended":
      return notice(
        "Minka retiró sus ofertas de las listas. La razón está en sus datos y en el SMS que le llegó.",
      );
    case "closed":
      return notice("Este registro está cerrado: ya no recibe pedidos.");
    case "verified":
      return null;
  }
}
