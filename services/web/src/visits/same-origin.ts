import { DomainError } from "@minka/domain/errors";
import type { FastifyRequest } from "fastify";

/**
 * Refuses a form that another site sent in the person's name. Browsers say where a form comes from by
 * Sec-Fetch-Site or Origin, older ones by Referer; who says nothing is refused. Tokens in forms would do the same and
 * break what waited for a signal until they were over. The cookie is SameSite besides.
 */
export function refuseForeignForms({ headers, host }: FastifyRequest): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined ? site === "same-origin" : saysHost(headers.origin ?? headers.referer, host)) return;
  throw new DomainError("forbidden", "foreign-form", "This form was not sent by a page of Minka.");
}

function saysHost(address: string | undefined, host: string): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  return new URL(address).host === host;
}
