import {
  addMember,
  answerMembership,
  askToJoin,
  changeMembershipRole,
  endMembership,
  leaveOrganization,
  listMemberIds,
  listMembers,
  listMemberships,
  membershipNews,
  readMemberFigures,
} from "@minka/contracts/memberships";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import type { RefusalKey } from "../invitations/refusals.ts";
import { addMember as add } from "./add-member.ts";
import { answerMembership as answer } from "./answer-membership.ts";
import { askToJoin as join } from "./ask-to-join.ts";
import { changeRole } from "./change-role.ts";
import { endMembership as end } from "./end-membership.ts";
import { leaveOrganization as leave } from "./leave-organization.ts";
import { listMemberIds as memberIds } from "./list-member-ids.ts";
import { listMembers as members } from "./list-members.ts";
import { listMemberships as belongs } from "./list-memberships.ts";
import { memberFigures } from "./member-figures.ts";
import { readNews } from "./read-news.ts";

export function membershipRoutes(app: App, means: Means & { key: RefusalKey }): void {
  const { db } = means;
  mountEndpoint(app, listMemberships, ({ params }, { actor }) => belongs(db.read, actor, params.personId));
  mountEndpoint(app, listMembers, (input, { actor }) => members(db.read, actor, input));
  mountEndpoint(app, readMemberFigures, ({ params }, { actor }) =>
    memberFigures(db.read, actor, params.organizationId),
  );
  mountEndpoint(app, listMemberIds, (input) => memberIds(db.read, input));
  mountEndpoint(app, addMember, (input, context) => add(means, context, input));
  mountEndpoint(app, askToJoin, (input, context) => join(means, context, input));
  mountEndpoint(app, answerMembership, (input, context) => answer(means, context, input));
  mountEndpoint(app, leaveOrganization, (input, context) => leave(means, context, input));
  mountEndpoint(app, endMembership, (input, context) => end(means, context, input));
  mountEndpoint(app, changeMembershipRole, (input, context) => changeRole(means, context, input));
  mountEndpoint(app, membershipNews, ({ params }) => readNews(db.read, params.membershipId));
}
