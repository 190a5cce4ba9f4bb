import { exportMembers } from "@minka/contracts/imports";
import { Download, signedFile, type FileRoute, type Page } from "../../visits/page.ts";
import { addMemberPage } from "./add-member-page.ts";
import { answersPage } from "./answers-page.ts";
import { assistedPage } from "./assisted-page.ts";
import { boardPage } from "./board-page.ts";
import { bulletinPage } from "./bulletin-page.ts";
import { bulletinsPage } from "./bulletins-page.ts";
import { dataPage } from "./data-page.ts";
import { figuresPage } from "./figures-page.ts";
import { importModel, importPage } from "./import-page.ts";
import { importStatusPage } from "./import-status-page.ts";
import { memberRequestsPage } from "./member-requests-page.ts";
import { membersPage } from "./members-page.ts";
import { newBulletinPage } from "./new-bulletin-page.ts";
import { permissionsPage } from "./permissions-page.ts";
import { todayPage } from "./today-page.ts";

export const organizationDeskPages: readonly Page[] = [
  todayPage,
  membersPage,
  addMemberPage,
  answersPage,
  importPage,
  importStatusPage,
  memberRequestsPage,
  boardPage,
  figuresPage,
  dataPage,
  bulletinsPage,
  newBulletinPage,
  bulletinPage,
  permissionsPage,
  assistedPage,
];

export const organizationDeskFiles: readonly FileRoute[] = [
  importModel,
  ...(["xlsx", "csv"] as const).map((format) =>
    signedFile(
      `/mi-organizacion/:organizationId/miembros/socios.${format}`,
      async ({ call, params: { organizationId } }) =>
        new Download(await call(exportMembers, { params: { organizationId }, query: { format } })),
    ),
  ),
];
