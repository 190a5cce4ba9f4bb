/** The services, which are also their database roles, schemas and queues. */
export const serviceNames = ["profiles", "catalog", "matching", "brokering", "notifications", "web"] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Those that own what people said and did, each with an audit and deliveries of its own. */
export const owningServices = ["profiles", "catalog", "matching", "brokering", "notifications"] as const;
export type OwningService = (typeof owningServices)[number];
