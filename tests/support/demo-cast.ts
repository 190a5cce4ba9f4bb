/** Phones of the demo's people around Tocache, by what they do there. */
export const demoCast = {
  /** Grows cacao in Tocache, belongs to nothing. */
  producer: "+51900000002",
  /** A member of the association that has an open purchase of urea. */
  member: "+51900000048",
  manager: "+51900000110",
  broker: "+51900000061",
  /** Goes to farms, and resells nothing. */
  agent: "+51900090001",
  /** Goes to farms, and resells inputs. */
  reseller: "+51900090003",
  supplier: "+51900095001",
  buyer: "+51900095023",
  lender: "+51900095013",
} as const;
