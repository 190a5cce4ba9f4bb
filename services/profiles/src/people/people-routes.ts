import { readAskerFacts } from "@minka/contracts/asker";
import { womenAmong } from "@minka/contracts/attendance";
import { readProfile } from "@minka/contracts/people";
import { visitPoints } from "@minka/contracts/planning-sources";
import {
  contactCards,
  peopleNames,
  identifyPhone,
  readPerson,
  registerPerson,
  updatePerson,
} from "@minka/contracts/profiles";
import { readTraits } from "@minka/contracts/traits";
import type { Database } from "@minka/database/connect";
import type { Clock } from "@minka/domain/clock";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import { prepareHolderQuery } from "./phone-holder.ts";
import { askerReader } from "./read-asker.ts";
import { readContacts } from "./read-contacts.ts";
import { readNames } from "./read-names.ts";
import { readPerson as read } from "./read-person.ts";
import { readProfile as profile } from "./read-profile.ts";
import { prepareTraitsQuery } from "./read-traits.ts";
import { registerPerson as register } from "./register-person.ts";
import { updatePerson as update } from "./update-person.ts";
import { readVisitPoints } from "./visit-points.ts";
import { womenAmong as women } from "./women-among.ts";

export function peopleRoutes(app: App, { db, clock }: { db: Database; clock: Clock }): void {
  const holderOf = prepareHolderQuery(db.read);
  const readAsker = askerReader({ queries: db.read, clock });
  const traitsOf = prepareTraitsQuery(db.read);
  mountEndpoint(app, identifyPhone, ({ body }) => holderOf(body.phone));
  mountEndpoint(app, registerPerson, ({ body }, context) => register({ db, clock }, context, body));
  mountEndpoint(app, updatePerson, (input, context) => update({ db, clock }, context, input));
  mountEndpoint(app, readPerson, ({ params }, { actor }) => read(db.read, actor, params.personId));
  mountEndpoint(app, readProfile, ({ params }, { actor }) => profile(db.read, actor, params.personId));
  mountEndpoint(app, readAskerFacts, ({ params }) => readAsker(params.personId));
  mountEndpoint(app, womenAmong, ({ body }) => women(db.read, body));
  mountEndpoint(app, readTraits, ({ body }) => traitsOf(body));
  mountEndpoint(app, visitPoints, ({ body }) => readVisitPoints(db.read, body));
  mountEndpoint(app, peopleNames, ({ body }) => readNames(db.read, body.personIds));
  mountEndpoint(app, contactCards, ({ body }) => readContacts(db.read, body));
}
