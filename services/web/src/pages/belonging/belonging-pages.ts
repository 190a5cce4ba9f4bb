import type { Page } from "../../visits/page.ts";
import { belongingPage } from "./belonging-page.ts";
import { groupPage } from "./group-page.ts";
import { joinPage } from "./join-page.ts";
import { registerPage } from "./register-page.ts";

export const belongingPages: readonly Page[] = [belongingPage, joinPage, groupPage, registerPage];
