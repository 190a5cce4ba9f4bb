/** The same request, person, provider and offer run through all examples. */
export const requestId = "019ab1f0-3c5e-7d21-8a4b-5f6e7d8c9b0a";
export const personId = "019ab1ee-91d2-7c44-9b1f-2a3c4d5e6f70";
export const providerId = "019ab1ed-0f7a-7e10-a2c3-b4d5e6f70819";
export const providerPersonId = "019ab1ec-7d11-7f02-b3a4-c5d6e7f80912";
export const offerId = "019ab1ed-6b2c-7a98-8d7e-6f5a4b3c2d1e";
export const organizationId = "019ab1eb-2c40-7b16-8f05-1a2b3c4d5e6f";
export const engagementId = "019ab1f2-5a08-7d4e-9c61-7f8e9d0c1b2a";
export const planId = "019ab1f5-1e34-7a52-b7c8-3d4e5f6a7b8c";
export const planVisitId = "019ab1f5-44b1-7e09-a1d2-5c6d7e8f9a0b";
export const sessionId = "019ab1f5-4501-7c3a-8e4f-9b0a1c2d3e4f";

/** Of joint purchases, lots and credit. */
export const poolId = "019ab1f6-2c1d-7a40-9b3e-1f2a3b4c5d6e";
export const pointId = "019ab1f6-2c1e-7b51-8c4f-2a3b4c5d6e7f";
export const orderId = "019ab1f6-3d20-7c62-9d50-3b4c5d6e7f80";
export const quoteId = "019ab1f6-4e31-7d73-8e61-4c5d6e7f8091";
export const awardId = "019ab1f6-5f42-7e84-9f72-5d6e7f8091a2";
export const supplierId = "019ab1ed-1a2b-7c3d-8e4f-5a6b7c8d9e0f";
export const paymentId = "019ab1f6-6053-7f95-8083-6e7f8091a2b3";
export const lotId = "019ab1f6-7164-70a6-9194-7f8091a2b3c4";
export const pledgeId = "019ab1f6-8275-71b7-82a5-8091a2b3c4d5";
export const compositionId = "019ab1f6-9386-72c8-93b6-91a2b3c4d5e6";
export const contractId = "019ab1f6-a497-73d9-84c7-a2b3c4d5e6f7";
export const settlementId = "019ab1f6-b5a8-74ea-95d8-b3c4d5e6f708";
export const creditId = "019ab1f6-c6b9-75fb-86e9-c4d5e6f70819";
export const endorsementId = "019ab1f6-d7ca-760c-97fa-d5e6f708192a";

/** For the endpoints that an integrator starts with, by method and path; a test parses each. */
export type Examples = Readonly<
  Record<
    string,
    {
      readonly request?: unknown;
      /** Several by name, where one would not do. */
      readonly requests?: Readonly<Record<string, unknown>>;
      readonly answer: unknown;
    }
  >
>;
