import { assignVisits } from "@minka/visit-planning/assign-visits";
import { makeMonth, type MonthOf } from "../planning/make-month.ts";

// One month assigned in a process of its own, so that its peak of memory is that of the assignment.
const month = makeMonth(JSON.parse(process.argv[2] ?? "") as MonthOf);
const from = process.cpuUsage();
const { gap } = assignVisits(month);
const { user, system } = process.cpuUsage(from);
process.stdout.write(
  JSON.stringify({ ms: (user + system) / 1000, gap, peakMb: process.resourceUsage().maxRSS / 1024 }),
);
