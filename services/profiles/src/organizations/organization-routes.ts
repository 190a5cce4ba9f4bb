import {
  addBoardSeat,
  changeBoardSeat,
  closeOrganization,
  findOrganizations,
  listBoard,
  listOrganizationRecords,
  readOrganization,
  registerOrganization,
  removeBoardSeat,
  startGroup,
  updateOrganization,
  verifyOrganization,
} from "@minka/contracts/organizations";
import type { App } from "@minka/http/app";
import { mountEndpoint } from "@minka/http/mount-endpoint";
import type { Means } from "@minka/service/act";
import { addSeat, changeSeat, removeSeat } from "../board/change-board.ts";
import { listBoard as board } from "../board/list-board.ts";
import type { RefusalKey } from "../invitations/refusals.ts";
import { closeOrganization as close } from "./close-organization.ts";
import { findOrganizations as find } from "./find-organizations.ts";
import { listOrganizationRecords as records } from "./list-organization-records.ts";
import { viewOrganization } from "./organization-view.ts";
import { registerOrganization as register } from "./register-organization.ts";
import { startGroup as start } from "./start-group.ts";
import { updateOrganization as update } from "./update-organization.ts";
import { verifyOrganization as verify } from "./verify-organization.ts";

export function organizationRoutes(app: App, means: Means & { key: RefusalKey }): void {
  const { db, clock } = means;
  mountEndpoint(app, findOrganizations, ({ query }) => find(db.read, query));
  mountEndpoint(app, listOrganizationRecords, ({ query }) => records(db.read, query));
  mountEndpoint(app, readOrganization, async ({ params }, { actor }) => ({
    organization: await viewOrganization(db.read, actor, params.organizationId, clock()),
  }));
  mountEndpoint(app, registerOrganization, ({ body }, context) => register(means, context, body));
  mountEndpoint(app, updateOrganization, (input, context) => update(means, context, input));
  mountEndpoint(app, verifyOrganization, (input, context) => verify(means, context, input));
  mountEndpoint(app, closeOrganization, (input, context) => close(means, context, input));
  mountEndpoint(app, startGroup, ({ body }, context) => start(means, context, body));
  mountEndpoint(app, listBoard, ({ params }, { actor }) =>
    board(db.read, actor, params.organizationId, clock()),
  );
  mountEndpoint(app, addBoardSeat, (input, context) => addSeat(means, context, input));
  mountEndpoint(app, changeBoardSeat, (input, context) => changeSeat(means, context, input));
  mountEndpoint(app, removeBoardSeat, (input, context) => removeSeat(means, context, input));
}
