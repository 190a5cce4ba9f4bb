import type { SignedVisit } from "../../visits/visit.ts";

/** From where somebody looks after plans: an organization's desk, or an operator's over all. */
export type Desk = { readonly base: string; readonly organizationId: string | null };

export type DeskOf<Params> = (visit: SignedVisit<Params>) => Desk;

export const organizationDesk = ({ params }: { params: { readonly organizationId: string } }): Desk => ({
  base: `/mi-organizacion/${params.organizationId}/planes`,
  organizationId: params.organizationId,
});

export const operatorDesk = (): Desk => ({ base: "/operador/planes", organizationId: null });
