import type { HandlerAnswer } from "@minka/contracts/endpoint";
import type { AgentProfile } from "@minka/contracts/provider-details";
import type { readProvider as contract } from "@minka/contracts/providers";
import type { Queries } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import { limaDay } from "@minka/domain/lima-time";
import { and, eq } from "@minka/database/query";
import { providers } from "../tables.ts";
import { readAgentProfile } from "./put-agent-profile.ts";
import { readCertificates } from "./certificates.ts";
import { providerUnknown, type ProviderRow } from "./provider-rights.ts";

/** A verified provider for anybody; any other is as unknown as one that does not exist. */
export async function readProvider(
  queries: Queries,
  clock: Clock,
  providerId: string,
): Promise<HandlerAnswer<typeof contract>> {
  const [provider] = await queries
    .select()
    .from(providers)
    .where(and(eq(providers.id, providerId), eq(providers.state, "verified")));
  if (!provider) throw providerUnknown();
  const agent = await readAgentProfile(queries, providerId);
  const certificates = await readCertificates(queries, providerId, clock());
  return {
    provider: {
      ...shownOf(provider),
      ruc: publicRuc(provider),
      phone: provider.showsPhone ? provider.phone : null,
      website: provider.showsWebsite ? provider.website : null,
      agent: agent && withoutBase(agent),
      certificates: certificates.map(({ number: _number, ...certificate }) => certificate),
      verifiedOn: provider.verifiedAt && limaDay(provider.verifiedAt),
    },
  };
}

/** Where an agent lives is nobody's business. */
function withoutBase({ base: _base, ...shown }: AgentProfile) {
  return shown;
}

/** What the public view and the record say alike. */
export function shownOf(provider: ProviderRow) {
  return {
    id: provider.id,
    form: provider.form,
    kinds: provider.kinds,
    name: provider.name,
    legalName: provider.legalName,
    organizationId: provider.organizationId,
    lenderRegister: provider.lenderRegister,
    districtCode: provider.districtCode,
    coverage: provider.coverage,
    description: provider.description,
    confirmedOn: provider.confirmedOn,
  };
}

/** One that begins with 10 contains a person's DNI; 15 and 17 are people's too. */
function publicRuc({ documentType, documentNumber }: ProviderRow): string | null {
  return documentType === "ruc" && documentNumber?.startsWith("20") ? documentNumber : null;
}
