import type { FileRoute, Page } from "../../visits/page.ts";
import { monthPage } from "../provider-month/month-page.ts";
import { agentProfilePage } from "./agent-profile-page.ts";
import { askPage } from "./ask-page.ts";
import { certificatesPage } from "./certificates-page.ts";
import { entryPage } from "./entry-page.ts";
import { inboxPage } from "./inbox-page.ts";
import { registerPage } from "./register-page.ts";
import { standingPage } from "./standing-page.ts";
import { addStaffPage, joinPage, staffPage } from "./staff-page.ts";
import { workPage } from "./work-page.ts";

export const providerPages: readonly Page[] = [
  registerPage,
  inboxPage,
  askPage,
  workPage,
  entryPage,
  agentProfilePage,
  certificatesPage,
  staffPage,
  addStaffPage,
  joinPage,
  standingPage,
  monthPage,
];

export const providerFiles: readonly FileRoute[] = [];
