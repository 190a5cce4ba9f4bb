import { awardPool } from "@minka/pooling/award";
import { composeLot } from "@minka/pooling/compose-lot";

/** What is computed in a thread of its own: each takes plain data and gives plain data. */
export const threadTasks = { award: awardPool, compose: composeLot };
export type ThreadTasks = typeof threadTasks;
