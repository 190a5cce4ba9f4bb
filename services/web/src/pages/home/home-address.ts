import { kinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";

/** What the address of the page asks for; anything else in it is ignored rather than refused. */
export type HomeQuery = {
  readonly district?: string | undefined;
  readonly kind?: Kind | undefined;
};

const query = z.object({
  distrito: z.string().max(200).optional().catch(undefined),
  tipo: z.enum(kinds).optional().catch(undefined),
});

export function readHomeQuery(raw: unknown): HomeQuery {
  const { distrito, tipo } = query.parse(raw);
  return { district: distrito, kind: tipo };
}

export function homeAddress({ district, kind }: HomeQuery): string {
  const parameters = new URLSearchParams();
  if (district) parameters.set("distrito", district);
  if (kind) parameters.set("tipo", kind);
  return parameters.size > 0 ? `/?${parameters.toString()}` : "/";
}
