import { listComplaints } from "@minka/contracts/complaints";
import { readProviderRecord } from "@minka/contracts/providers";
import { readRequest } from "@minka/contracts/matching";
import type { SignedVisit } from "../../visits/visit.ts";
import type { AttentionItem } from "./attention.ts";
import { ownNeedTitle } from "../../words/need-words.ts";

/** What waits is about: said with names, and where it is dealt with if that is one page. */
export type Subject = { readonly words: string; readonly href?: string };
export type Subjects = ReadonlyMap<AttentionItem, Subject>;

/** What items are about. One whose subject does not answer stands without: it is no reason to hide that it waits. */
export async function readSubjects(visit: SignedVisit, items: readonly AttentionItem[]): Promise<Subjects> {
  const known = new Map<string, Promise<Subject | null>>();
  const found = await Promise.all(
    items.map(async (item) => {
      const { kind, subject } = item;
      const read = subject === null ? undefined : readers[kind];
      if (!read || subject === null) return null;
      const key = `${kind} ${subject}`;
      const about = known.get(key) ?? read(visit, subject);
      known.set(key, about);
      const said = await about;
      return said && ([item, said] as const);
    }),
  );
  return new Map(found.filter((one) => one !== null));
}

type Reader = (visit: SignedVisit, subject: string) => Promise<Subject | null>;

const aboutRequest: Reader = async (visit, requestId) => {
  const answer = await visit.callIfAny(readRequest, { params: { requestId } });
  if (!answer) return null;
  const names = await visit.namesOf([answer.request.personId]);
  return {
    words: `${ownNeedTitle(answer.request)}, de ${names.get(answer.request.personId) ?? "alguien sin nombre"}`,
  };
};

const aboutProvider: Reader = async (visit, providerId) => {
  const answer = await visit.callIfAny(readProviderRecord, { params: { providerId } });
  return answer && { words: answer.provider.name };
};

/** Whoever complains about a provider: the complaint itself, where there is but one to look at. */
const aboutComplaint: Reader = async (visit, providerId) => {
  const answer = await visit.callIfAny(listComplaints, { query: { providerId, state: "raised", limit: 2 } });
  const [first, second] = answer?.items ?? [];
  if (!first) return aboutProvider(visit, providerId);
  return {
    words: `Queja sobre ${first.providerName}`,
    ...(second ? {} : { href: `/operador/quejas/${first.id}` }),
  };
};

const readers: Readonly<Partial<Record<AttentionItem["kind"], Reader>>> = {
  complaint: aboutComplaint,
  provider_silent: aboutProvider,
  request_handed_over: aboutRequest,
  review_asked: aboutRequest,
  visit_in_doubt: aboutRequest,
};
