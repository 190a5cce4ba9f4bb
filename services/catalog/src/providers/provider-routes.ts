import { acceptConduct } from "@minka/contracts/conduct";
import { isAgent } from "@minka/contracts/errands";
import { listPlanningAgents } from "@minka/contracts/planning-sources";
import {
  addCertificate,
  addStaff,
  checkCertificate,
  grantOffers,
  putAgentProfile,
  removeCertificate,
  removeStaff,
  withdrawGrant,
} from "@minka/contracts/provider-details";
import {
  closeProvider,
  readProviderDecision,
  reinstateProvider,
  rejectProvider,
  reviseProvider,
  submitProvider,
  suspendProvider,
  verifyProvider,
} from "@minka/contracts/provider-decisions";
import {
  correctProvider,
  listOwnProviders,
  listProviderRecords,
  readProvider,
  readProviderContact,
  readProviderRecord,
  registerProvider,
} from "@minka/contracts/providers";
import { restProvider } from "@minka/contracts/rests";
import { readUpkeep } from "@minka/contracts/standings";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { acceptConduct as accept } from "./accept-conduct.ts";
import * as certificates from "./certificates.ts";
import { correctProvider as correct } from "./correct-provider.ts";
import * as grants from "./grants.ts";
import { isAgent as readAgent } from "./is-agent.ts";
import { putAgentProfile as putProfile } from "./put-agent-profile.ts";
import { readProvider as read } from "./read-provider.ts";
import { listOwnProviders as listOwn } from "./list-own-providers.ts";
import { listPlanningAgents as planningAgents } from "./list-planning-agents.ts";
import { listRecords } from "./list-records.ts";
import { readContact } from "./read-contact.ts";
import { readDecision } from "./read-decision.ts";
import { readRecord } from "./read-record.ts";
import { readUpkeep as upkeep } from "./read-upkeep.ts";
import { registerProvider as register, type Services } from "./register-provider.ts";
import { restProviders } from "./rest-providers.ts";
import * as staff from "./staff.ts";
import { takeStep } from "./take-step.ts";

/** Providers: their entries, steps, staff, agents' profiles, certificates and grants. */
export function mountProviders(app: App, services: Services): void {
  const { db, clock } = services;
  mountEndpoint(app, registerProvider, ({ body }, context) => register(services, context, body));
  mountEndpoint(app, correctProvider, (input, context) => correct(services, context, input));
  mountEndpoint(app, readProvider, ({ params }) => read(db.read, clock, params.providerId));
  mountEndpoint(app, readProviderContact, ({ params }) => readContact(db.read, params.providerId));
  mountEndpoint(app, readProviderRecord, ({ params }, context) =>
    readRecord(services, context, params.providerId),
  );
  mountEndpoint(app, readUpkeep, ({ params }) => upkeep(services, params.providerId));
  mountEndpoint(app, listProviderRecords, ({ query }) => listRecords(db.read, query));
  mountEndpoint(app, listOwnProviders, ({ params }, context) => listOwn(services, context, params.personId));
  mountEndpoint(app, listPlanningAgents, ({ body }) => planningAgents(db.read, body));
  mountEndpoint(app, isAgent, ({ params }) => readAgent(db.read, params.personId));
  mountEndpoint(app, readProviderDecision, ({ params }) => readDecision(db.read, params.decisionId));
  mountEndpoint(app, acceptConduct, (input, context) => accept(services, context, input));
  mountSteps(app, services);
  mountEndpoint(app, restProvider, (input, context) => restProviders(services, context, input));
  mountEndpoint(app, putAgentProfile, (input, context) => putProfile(services, context, input));
  mountEndpoint(app, addCertificate, (input, context) =>
    certificates.addCertificate(services, context, input),
  );
  mountEndpoint(app, checkCertificate, (input, context) =>
    certificates.checkCertificate(services, context, input),
  );
  mountEndpoint(app, removeCertificate, (input, context) =>
    certificates.removeCertificate(services, context, input),
  );
  mountEndpoint(app, addStaff, (input, context) => staff.addStaff(services, context, input));
  mountEndpoint(app, removeStaff, (input, context) => staff.removeStaff(services, context, input));
  mountEndpoint(app, grantOffers, (input, context) => grants.grantOffers(services, context, input));
  mountEndpoint(app, withdrawGrant, (input, context) => grants.withdrawGrant(services, context, input));
}

function mountSteps(app: App, services: Services): void {
  mountEndpoint(app, submitProvider, ({ params }, context) =>
    takeStep(services, context, { ...params, step: "submit", reason: null }),
  );
  mountEndpoint(app, verifyProvider, ({ params, body }, context) =>
    takeStep(services, context, { ...params, step: "verify", reason: body.evidence }),
  );
  for (const [endpoint, step] of [
    [rejectProvider, "reject"],
    [reviseProvider, "revise"],
    [suspendProvider, "suspend"],
    [reinstateProvider, "reinstate"],
    [closeProvider, "close"],
  ] as const) {
    mountEndpoint(app, endpoint, ({ params, body }, context) =>
      takeStep(services, context, { ...params, step, reason: body.reason }),
    );
  }
}
