import type { Page } from "../../visits/page.ts";
import { endorsementsPage } from "./endorsements-page.ts";

/** What an organization vouches for. */
export const endorsementPages: readonly Page[] = [endorsementsPage];
