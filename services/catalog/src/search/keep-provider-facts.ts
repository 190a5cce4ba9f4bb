import type { providerCertificates } from "@minka/contracts/provider-details";
import type { Transaction } from "@minka/database/connect";
import type { Kind } from "@minka/domain/vocabulary";
import { sql } from "@minka/database/query";

/** Which certificates speak for somebody's work of a kind. */
const goodCertificates: Readonly<Record<Kind, readonly (typeof providerCertificates)[number][]>> = {
  assistance: ["school_of_excellence", "competence", "degree"],
  training: ["school_of_excellence", "competence", "degree"],
  input: ["input_handling", "organic_handling"],
  equipment: ["competence"],
  service: ["competence", "degree"],
  credit: [],
  purchase: ["organic", "rainforest", "fair_trade", "utz", "bird_friendly", "four_c", "global_gap"],
};

/**
 * Makes what the listings of these providers say of them what it is: an agent's languages and topics, until when
 * they are certified, and whether who advises also sells, which depends on their other listings. It stands in the
 * listings so that no search has to look it up. Repeating it changes nothing. The caller holds the providers' rows.
 */
export async function keepProviderFacts(tx: Transaction, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  const topics = (level: string) => sql`array(
    select topic->>'topic' from jsonb_array_elements(known.topics) with ordinality as each (topic, place)
    where l.kind = 'assistance' ${sql.raw(level)} order by place)`;
  await tx.execute(sql`
    update catalog.listings
    set languages = facts.languages, known_topics = facts.known_topics, expert_topics = facts.expert_topics,
      certified_until = facts.certified_until, adviser_sells = facts.adviser_sells
    from (
      select l.number,
        case when l.kind = 'assistance' then coalesce(known.languages, '{}') else '{}' end as languages,
        ${topics("")} as known_topics, ${topics("and topic->>'level' = 'specialist'")} as expert_topics,
        (select max(coalesce(held.expires_on, 'infinity'))
          from catalog.provider_certificates held
          where held.provider_id = l.provider_id and held.checked_at is not null
            and ${JSON.stringify(goodCertificates)}::jsonb -> l.kind ? held.kind) as certified_until,
        case l.kind
          when 'assistance' then coalesce(jsonb_array_length(known.resells) > 0, false) or exists (
            select 1 from catalog.listings own where own.provider_id = l.provider_id and own.kind = 'input')
          when 'input' then 'agent' = any (provider.kinds) or exists (
            select 1 from catalog.listings own where own.provider_id = l.provider_id and own.kind = 'assistance')
          else false end as adviser_sells
      from catalog.listings l
      join catalog.providers provider on provider.id = l.provider_id
      left join catalog.agent_profiles known on known.provider_id = l.provider_id
      where l.provider_id = any (${sql.param([...new Set(providerIds)])}::uuid[])
    ) as facts
    where listings.number = facts.number
      and (listings.languages, listings.known_topics, listings.expert_topics, listings.certified_until,
        listings.adviser_sells)
      is distinct from (facts.languages, facts.known_topics, facts.expert_topics, facts.certified_until,
        facts.adviser_sells)`);
}
