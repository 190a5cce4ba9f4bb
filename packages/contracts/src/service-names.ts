/** The services, which are also their database roles, schemas and queues. */
export const serviceNames = ["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const;
export type ServiceName = (typeof serviceNames)[number];
