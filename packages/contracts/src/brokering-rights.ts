/** Rows of the table of rights for what brokering answers. */
export const brokeringRights = `
                                                                                               anonymous producer broker manager staff owner agent operator service

Personal data
POST   /api/brokering/personal-data/export                                                     -         -        -      -       -     -     -     -        any
POST   /api/brokering/personal-data/erasure                                                    -         -        -      -       -     -     -     -        any
Questions and news by SMS
GET    /api/brokering/confirmations/:kind/:id                                                  -         -        -      -       -     -     -     -        any
POST   /api/brokering/confirmations/:kind/:id/answer                                           -         -        -      -       -     -     -     -        any
POST   /api/brokering/news                                                                     -         -        -      -       -     -     -     -        any

Joint purchases
POST   /api/brokering/pools                                                                    -         -        own    own     own   own   own   any      -
GET    /api/brokering/pools                                                                    any       any      any    any     any   any   any   any      any
GET    /api/brokering/pools/:poolId                                                            -         own      own    own     own   own   own   any      any
POST   /api/brokering/pools/:poolId/cancellation                                               -         -        own    own     own   own   own   any      -
POST   /api/brokering/pools/:poolId/decision                                                   -         -        own    own     own   own   own   any      -
GET    /api/brokering/invitations/:kind/:id                                                    -         -        own    own     own   own   own   any      -
POST   /api/brokering/invitations/:kind/:id/reminders                                          -         -        own    own     own   own   own   any      -
POST   /api/brokering/pools/:poolId/orders                                                     -         own      own    own     own   own   own   any      any
GET    /api/brokering/pools/:poolId/orders                                                     -         -        own    own     own   own   own   any      -
GET    /api/brokering/pool-orders/:orderId                                                     -         own      own    own     own   own   own   any      any
PUT    /api/brokering/pool-orders/:orderId                                                     -         own      own    own     own   own   own   any      any
POST   /api/brokering/pool-orders/:orderId/leaving                                             -         own      own    own     own   own   own   any      any
POST   /api/brokering/pool-orders/:orderId/answer                                              -         own      own    own     own   own   own   any      -
GET    /api/brokering/people/:personId/pool-orders                                             -         own      own    own     own   own   own   any      any
GET    /api/brokering/people/:personId/joinable-pools                                          -         own      own    own     own   own   own   any      any
POST   /api/brokering/pools/:poolId/quotes                                                     -         -        -      own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/quotes                                                     -         -        own    own     own   own   own   any      -
POST   /api/brokering/pools/:poolId/suppliers                                                  -         -        own    own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/suppliers                                                  -         -        own    own     own   own   own   any      -
GET    /api/brokering/providers/:providerId/pools                                              -         -        -      own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/awards                                                     -         -        own    own     own   own   own   any      -
GET    /api/brokering/pool-awards/:awardId                                                     -         -        own    own     own   own   own   any      -
POST   /api/brokering/pool-awards/:awardId/approval                                            -         -        own    own     -     -     -     any      -
POST   /api/brokering/pool-awards/:awardId/sending-back                                        -         -        own    own     own   own   own   any      -
POST   /api/brokering/pool-awards/:awardId/supplies/:quoteId/answer                            -         -        -      own     own   own   own   any      -

Payments, deliveries, reports and demand
POST   /api/brokering/payments                                                                 -         own      own    own     own   own   own   any      any
GET    /api/brokering/payments                                                                 -         own      own    own     own   own   own   any      any
GET    /api/brokering/payments/:paymentId                                                      -         own      own    own     own   own   own   any      any
POST   /api/brokering/payments/:paymentId/answer                                               -         own      own    own     own   own   own   any      any
POST   /api/brokering/payments/:paymentId/cancellation                                         -         own      own    own     own   own   own   any      any
GET    /api/brokering/payment-accounts/:kind/:id                                               -         own      own    own     own   own   own   any      any
GET    /api/brokering/people/:personId/debts                                                   -         own      own    own     own   own   own   any      any
GET    /api/brokering/credit-lenders/:providerId/kept-back                                     -         -        -      own     own   own   own   any      -
GET    /api/brokering/organizations/:organizationId/kept-back                                  -         -        own    own     -     -     -     any      -
GET    /api/brokering/pools/:poolId/deliveries                                                 -         -        own    own     own   own   own   any      -
PUT    /api/brokering/pool-deliveries/:deliveryId                                              -         -        own    own     own   own   own   any      -
POST   /api/brokering/pool-deliveries/:deliveryId/arrival                                      -         -        own    own     own   own   own   any      -
POST   /api/brokering/pool-deliveries/:deliveryId/absence                                      -         -        own    own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/packing-list                                               -         -        own    own     own   own   own   any      -
GET    /api/brokering/pool-orders/:orderId/receipts                                            -         own      own    own     own   own   own   any      any
POST   /api/brokering/pool-receipts/:receiptId/answer                                          -         own      own    own     own   own   own   any      any
GET    /api/brokering/pool-deliveries/:deliveryId/claims                                       -         -        own    own     own   own   own   any      -
POST   /api/brokering/pool-deliveries/:deliveryId/claims/answer                                -         -        -      own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/report                                                     -         -        own    own     own   own   own   any      -
GET    /api/brokering/pools/:poolId/report/file                                                -         -        own    own     own   own   own   any      -
GET    /api/brokering/demand                                                                   -         -        own    own     own   own   own   any      -

Members' credit
POST   /api/brokering/credits                                                                  -         own      own    own     own   own   any   any      any
GET    /api/brokering/credits                                                                  -         own      own    own     own   own   own   any      any
GET    /api/brokering/credit-originations                                                      -         own      own    own     own   own   own   own      -
GET    /api/brokering/credits/:creditId                                                        -         own      own    own     own   own   own   any      any
PUT    /api/brokering/credits/:creditId                                                        -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/products                                               -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/choice                                                 -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/consents/:consent                                      -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/submission                                             -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/withdrawal                                             -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/acceptance                                             -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/use                                                    -         own      own    own     own   own   own   any      any
GET    /api/brokering/credit-lenders/:providerId/credits                                       -         -        -      own     own   own   own   any      -
GET    /api/brokering/credits/:creditId/lender-view                                            -         -        -      own     own   own   own   any      -
POST   /api/brokering/credits/:creditId/review                                                 -         -        -      own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/more                                                   -         -        -      own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/more/answer                                            -         own      own    own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/approval                                               -         -        -      own     own   own   own   any      any
POST   /api/brokering/credits/:creditId/refusal                                                -         -        -      own     own   own   own   any      any
GET    /api/brokering/credits/:creditId/standing                                               -         own      own    own     own   own   own   any      any
GET    /api/brokering/credit-lenders/:providerId/waiting-credits                               -         -        -      -       -     -     -     -        any
POST   /api/brokering/credits/:creditId/endorsements                                           -         own      own    own     own   own   own   any      any
GET    /api/brokering/endorsements                                                             -         -        own    own     -     -     -     any      -
POST   /api/brokering/endorsements/:endorsementId/proposal                                     -         -        own    own     -     -     -     any      -
POST   /api/brokering/endorsements/:endorsementId/approval                                     -         -        -      own     -     -     -     any      -
POST   /api/brokering/endorsements/:endorsementId/refusal                                      -         -        own    own     -     -     -     any      -
GET    /api/brokering/endorsement-exposures/:organizationId                                    -         -        own    own     -     -     -     any      -
POST   /api/brokering/endorsement-limits                                                       -         -        own    own     -     -     -     any      -
POST   /api/brokering/endorsement-limits/:changeId/approval                                    -         -        -      own     -     -     -     any      -
POST   /api/brokering/credits/:creditId/guarantee                                              -         own      own    own     own   own   own   any      any
POST   /api/brokering/group-guarantees/:guarantorId/answer                                     -         own      own    own     own   own   own   any      any
GET    /api/brokering/group-guarantees                                                         -         own      own    own     own   own   own   any      any
GET    /api/brokering/decision-makers                                                          -         -        -      own     -     -     -     any      -

Harvest lots
POST   /api/brokering/lots                                                                     -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots                                                                     -         own      own    own     own   own   own   any      any
GET    /api/brokering/lots/:lotId                                                              -         own      own    own     own   own   own   any      any
POST   /api/brokering/lots/:lotId/extension                                                    -         -        own    own     own   own   own   any      -
POST   /api/brokering/lots/:lotId/closing                                                      -         -        own    own     own   own   own   any      -
POST   /api/brokering/lots/:lotId/cancellation                                                 -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots/:lotId/invitees                                                     -         -        -      -       -     -     -     -        any
POST   /api/brokering/lots/:lotId/pledges                                                      -         own      own    own     own   own   own   any      any
GET    /api/brokering/lots/:lotId/pledges                                                      -         -        own    own     own   own   own   any      -
GET    /api/brokering/people/:personId/pledges                                                 -         own      own    own     own   own   own   any      any
GET    /api/brokering/pledges/:pledgeId                                                        -         own      own    own     own   own   own   any      any
POST   /api/brokering/pledges/:pledgeId/change                                                 -         own      own    own     own   own   own   any      any
POST   /api/brokering/pledges/:pledgeId/withdrawal                                             -         own      own    own     own   own   own   any      any
POST   /api/brokering/pledges/:pledgeId/confirmation                                           -         own      own    own     own   own   own   any      any
POST   /api/brokering/pledges/:pledgeId/receipts                                               -         -        own    own     own   own   own   any      -
POST   /api/brokering/receipts/:receiptId/correction                                           -         -        own    own     own   own   own   any      -
POST   /api/brokering/pledges/:pledgeId/quality                                                -         -        own    own     own   own   own   any      -
POST   /api/brokering/pledges/:pledgeId/certificates                                           -         -        own    own     own   own   own   any      -
POST   /api/brokering/pledges/:pledgeId/carrying                                               -         -        own    own     own   own   own   any      -
POST   /api/brokering/lots/:lotId/compositions                                                 -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots/:lotId/compositions                                                 -         -        own    own     own   own   own   any      -
POST   /api/brokering/compositions/:compositionId/decision                                     -         -        own    own     own   own   own   any      -
POST   /api/brokering/lots/:lotId/quotes                                                       -         -        own    own     own   own   own   any      -
POST   /api/brokering/lot-quotes/:quoteId/answer                                               -         -        own    own     own   own   own   any      -
POST   /api/brokering/lot-contracts/:contractId/signature                                      -         -        own    own     own   own   own   any      any
GET    /api/brokering/lots/:lotId/contract                                                     -         -        own    own     own   own   own   any      any
POST   /api/brokering/lots/:lotId/deliveries                                                   -         -        own    own     own   own   own   any      -
POST   /api/brokering/lot-deliveries/:deliveryId/answer                                        -         -        -      own     own   own   own   any      any
POST   /api/brokering/lots/:lotId/advances                                                     -         -        own    own     own   own   own   any      -
POST   /api/brokering/lots/:lotId/settlements                                                  -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots/:lotId/settlement                                                   -         -        own    own     own   own   own   any      -
POST   /api/brokering/settlements/:settlementId/decision                                       -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots/:lotId/statements/:personId                                         -         own      own    own     own   own   own   any      any
GET    /api/brokering/lots/premium-report                                                      -         -        -      own     -     -     -     any      -
GET    /api/brokering/lots/:lotId/trace                                                        -         -        own    own     own   own   own   any      -
GET    /api/brokering/lots/:lotId/plots.geojson                                                -         -        own    own     own   own   own   any      -

Operators' desk
GET    /api/brokering/audit                                                                    -         -        -      -       -     -     -     any      -
GET    /api/brokering/queue                                                                    -         -        -      -       -     -     -     any      -
GET    /api/brokering/parked-deliveries                                                        -         -        -      -       -     -     -     any      -
POST   /api/brokering/parked-deliveries/retries                                                -         -        -      -       -     -     -     any      -
`;
