import { kinds, type Kind } from "@minka/domain/vocabulary";
import { z } from "zod";

/** What the address of the page asks for; anything else in it is ignored rather than refused. */
export type HomeQuery = {
  readonly district?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly cursor?: string | undefined;
};

const query = z.object({
  distrito: z.string().max(200).optional().catch(undefined),
  tipo: z.enum(kinds).optional().catch(undefined),
  desde: z.string().max(200).optional().catch(undefined),
});

export function readHomeQuery(raw: unknown): HomeQuery {
  const { distrito, tipo, desde } = query.parse(raw);
  return { district: distrito, kind: tipo, cursor: desde };
}

export function homeAddress({ district, kind, cursor }: HomeQuery): string {
  const parameters = new URLSearchParams();
  if (district) parameters.set("distrito", district);
  if (kind) parameters.set("tipo", kind);
  if (cursor) parameters.set("desde", cursor);
  return parameters.size > 0 ? `/?${parameters.toString()}` : "/";
}
