/** Rows of the table of rights for what catalog, matching and notifications answer. */
export const marketRights = `
                                                                                               anonymous producer broker manager staff owner agent operator service

Acting for others
GET    /api/catalog/people/:personId/agent                                                     -         -        -      -       -     -     -     -        any

Personal data
POST   /api/catalog/personal-data/export                                                       -         -        -      -       -     -     -     -        any
POST   /api/catalog/personal-data/erasure                                                      -         -        -      -       -     -     -     -        any
POST   /api/matching/personal-data/export                                                      -         -        -      -       -     -     -     -        any
POST   /api/matching/personal-data/erasure                                                     -         -        -      -       -     -     -     -        any
POST   /api/notifications/personal-data/export                                                 -         -        -      -       -     -     -     -        any
POST   /api/notifications/personal-data/erasure                                                -         -        -      -       -     -     -     -        any

Questions by SMS
GET    /api/catalog/confirmations/:kind/:id                                                    -         -        -      -       -     -     -     -        any
POST   /api/catalog/confirmations/:kind/:id/answer                                             -         -        -      -       -     -     -     -        any

Providers
GET    /api/catalog/providers                                                                  any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers                                                                  -         own      own    own     own   own   own   any      -
PUT    /api/catalog/providers/:providerId                                                      -         -        -      own     -     own   own   any      -
GET    /api/catalog/providers/:providerId                                                      any       any      any    any     any   any   any   any      any
GET    /api/catalog/providers/:providerId/record                                               -         -        -      own     -     own   own   any      -
GET    /api/catalog/providers/:providerId/contact                                              -         -        -      -       -     -     -     -        any
GET    /api/catalog/provider-records                                                           -         -        -      -       -     -     -     any      -
GET    /api/catalog/people/:personId/providers                                                 -         own      own    own     own   own   own   any      any
POST   /api/catalog/providers/:providerId/conduct                                              -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/submission                                           -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/verification                                         -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/rejection                                            -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/revision                                             -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/suspension                                           -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/reinstatement                                        -         -        -      -       -     -     -     any      -
POST   /api/catalog/providers/:providerId/closure                                              -         -        -      own     -     own   own   any      -
GET    /api/catalog/provider-decisions/:decisionId                                             -         -        -      -       -     -     -     -        any
PUT    /api/catalog/people/:personId/rest                                                      -         own      own    own     own   own   own   any      any
PUT    /api/catalog/providers/:providerId/agent-profile                                        -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/certificates                                         -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/certificates/:certificateId/check                    -         -        -      -       -     -     -     any      -
DELETE /api/catalog/providers/:providerId/certificates/:certificateId                          -         -        -      own     -     own   own   any      -
POST   /api/catalog/providers/:providerId/staff                                                -         -        -      own     -     own   own   any      -
DELETE /api/catalog/providers/:providerId/staff/:personId                                      -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/grants                                               -         -        -      own     -     own   own   -        -
DELETE /api/catalog/providers/:providerId/grants/:organizationId                               -         -        -      own     -     own   own   any      -
GET    /api/catalog/providers/:providerId/upkeep                                               -         -        -      -       -     -     -     -        any
GET    /api/matching/providers/:providerId/standing                                            -         -        -      own     -     own   own   any      -
GET    /api/matching/providers/:providerId/month-load                                          -         -        -      own     -     own   own   any      -

Offers
POST   /api/catalog/candidates                                                                 -         -        -      -       -     -     -     -        any
POST   /api/catalog/candidates/explanation                                                     -         -        -      -       -     -     -     any      any
GET    /api/catalog/offers                                                                     any       any      any    any     any   any   any   any      any
POST   /api/catalog/offers/:offerId/confirmation                                               -         -        -      own     own   own   own   any      -
GET    /api/catalog/prices                                                                     any       any      any    any     any   any   any   any      any
GET    /api/catalog/overview                                                                   any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers/:providerId/offers                                               -         -        -      own     own   own   own   any      -
PUT    /api/catalog/offers/:offerId                                                            -         -        -      own     own   own   own   any      -
POST   /api/catalog/offers/:offerId/state                                                      -         -        -      own     own   own   own   any      -
GET    /api/catalog/offers/:offerId                                                            any       any      any    any     any   any   any   any      any
GET    /api/catalog/offers/:offerId/record                                                     -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/stock                                                -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/stock                                                -         -        -      own     own   own   own   any      -
POST   /api/catalog/stock/:itemId/movements                                                    -         -        -      own     own   own   own   any      -
GET    /api/catalog/stock/:itemId/movements                                                    -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/stock-margins                                        -         -        -      own     own   own   own   any      -
GET    /api/catalog/offers/:offerId/versions/:version                                          -         -        -      own     own   own   own   any      any
GET    /api/catalog/providers/:providerId/offers                                               any       any      any    any     any   any   any   any      any
GET    /api/catalog/providers/:providerId/offer-records                                        -         -        -      own     own   own   own   any      -
POST   /api/catalog/offers/:offerId/quote                                                      any       any      any    any     any   any   any   any      any
POST   /api/catalog/providers/:providerId/imports                                              -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports                                              -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports/:importId                                    -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/imports/:importId/findings                           -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/imports/:importId/start                              -         -        -      own     own   own   own   any      -
POST   /api/catalog/providers/:providerId/imports/:importId/cancel                             -         -        -      own     own   own   own   any      -
GET    /api/catalog/providers/:providerId/price-list                                           -         -        -      own     own   own   own   any      -

Populated places
POST   /api/catalog/places/imports                                                             -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports                                                             -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports/:importId                                                   -         -        -      -       -     -     -     any      -
GET    /api/catalog/places/imports/:importId/findings                                          -         -        -      -       -     -     -     any      -
POST   /api/catalog/places/imports/:importId/start                                             -         -        -      -       -     -     -     any      -
POST   /api/catalog/places/imports/:importId/cancel                                            -         -        -      -       -     -     -     any      -
GET    /api/catalog/places                                                                     any       any      any    any     any   any   any   any      any
POST   /api/catalog/places/resolution                                                          -         -        -      -       -     -     -     -        any

Requests and matches
POST   /api/matching/requests                                                                  -         own      own    own     own   own   own   own      any
GET    /api/matching/requests/:requestId                                                       -         own      own    own     own   own   own   any      any
GET    /api/matching/requests                                                                  -         own      own    own     own   own   own   any      any
POST   /api/matching/matches/:matchId/choice                                                   -         own      own    own     own   own   own   any      any
POST   /api/matching/matches/:matchId/withdrawal                                               -         own      own    own     own   own   own   any      any
GET    /api/matching/matches/:matchId/terms                                                    -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/refusal                                               -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/search                                                -         -        -      -       -     -     -     any      -
POST   /api/matching/requests/:requestId/cancellation                                          -         own      own    own     own   own   own   any      any
POST   /api/matching/requests/:requestId/attendance                                            -         own      own    own     own   own   own   any      any
GET    /api/matching/asks                                                                      -         own      own    own     own   own   own   own      -
POST   /api/matching/matches/:matchId/answer                                                   -         -        -      own     own   own   own   any      any
POST   /api/matching/matches/:matchId/quotes                                                   -         own      own    own     own   own   own   any      any
POST   /api/matching/quotes/:quoteId/answer                                                    -         own      own    own     own   own   own   any      any
POST   /api/matching/matches/:matchId/unreachable                                              -         -        -      -       -     -     -     -        any
POST   /api/matching/engagements/:engagementId/outcome                                         -         own      own    own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/cancellation                                    -         -        -      own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/rework                                          -         own      own    own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/rework/answer                                   -         -        -      own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/dispute                                         -         own      own    own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/settlement                                      -         -        -      -       -     -     -     any      -
POST   /api/matching/engagements/:engagementId/help                                            -         own      own    own     own   own   own   any      any
GET    /api/matching/engagements/:engagementId/contact                                         -         own      own    own     own   own   own   own      -
GET    /api/matching/requests/:requestId/history                                               -         own      own    own     own   own   own   any      any
POST   /api/matching/engagements/:engagementId/rating                                          -         own      own    own     own   own   own   own      any
GET    /api/matching/people/:personId/open-matters                                             -         -        -      -       -     -     -     -        any
POST   /api/matching/complaints                                                                -         -        -      -       -     -     -     -        any
GET    /api/matching/complaints                                                                -         -        -      -       -     -     -     any      any
GET    /api/matching/complaints/:complaintId                                                   -         -        -      -       -     -     -     any      any
POST   /api/matching/complaints/:complaintId/settlement                                        -         -        -      -       -     -     -     any      -
POST   /api/matching/complaints/:complaintId/dealing                                           -         -        -      -       -     -     -     any      -
POST   /api/matching/sponsorships                                                              -         -        -      own     -     own   own   any      -
GET    /api/matching/sponsorships                                                              -         -        -      own     -     own   own   any      -
GET    /api/matching/sponsorships/:sponsorshipId                                               -         -        -      own     -     own   own   any      -
POST   /api/matching/sponsorships/:sponsorshipId/approval                                      -         -        -      -       -     -     -     any      -
POST   /api/matching/sponsorships/:sponsorshipId/pause                                         -         -        -      own     -     own   own   any      -
POST   /api/matching/sponsorships/:sponsorshipId/resumption                                    -         -        -      -       -     -     -     any      -
POST   /api/matching/sponsorships/:sponsorshipId/end                                           -         -        -      own     -     own   own   any      -
POST   /api/matching/sponsorships/:sponsorshipId/budget                                        -         -        -      own     -     own   own   any      -
GET    /api/matching/sponsorships/:sponsorshipId/report                                        -         -        -      own     -     own   own   any      -
GET    /api/matching/sponsorships/:sponsorshipId/report-file                                   -         -        -      own     -     own   own   any      -
POST   /api/matching/closures                                                                  -         -        -      own     -     -     -     any      -
GET    /api/matching/reputations                                                               any       any      any    any     any   any   any   any      any
GET    /api/matching/closures                                                                  any       any      any    any     any   any   any   any      any
POST   /api/matching/closures/:closureId/end                                                   -         -        -      own     -     -     -     any      -
POST   /api/matching/engagements/:engagementId/arrival                                         -         -        -      own     own   own   own   any      -
POST   /api/matching/engagements/:engagementId/departure                                       -         -        -      own     own   own   own   any      -
POST   /api/matching/people/:personId/presence                                                 -         -        -      -       -     -     -     -        any
GET    /api/matching/people/:personId/presence                                                 -         own      own    own     own   own   own   any      -
GET    /api/matching/people/:personId/visits-done                                              -         -        -      -       -     -     -     -        any
GET    /api/matching/presence                                                                  -         -        -      -       -     -     -     any      any
GET    /api/matching/presence/:presenceId                                                      -         -        -      -       -     -     -     -        any
GET    /api/matching/requests/:requestId/offers/:offerId/explanation                           -         own      own    own     own   own   own   any      -
POST   /api/matching/requests/:requestId/review                                                -         own      own    own     own   own   own   any      any
GET    /api/matching/reviews                                                                   -         -        -      -       -     -     -     any      any
POST   /api/matching/reviews/:reviewId/settlement                                              -         -        -      -       -     -     -     any      -
POST   /api/matching/blocks                                                                    -         own      own    own     own   own   own   any      any
DELETE /api/matching/blocks/:blockId                                                           -         own      own    own     own   own   own   any      any
GET    /api/matching/blocks                                                                    -         own      own    own     own   own   own   any      any
GET    /api/matching/weights                                                                   -         -        -      -       -     -     -     any      -
GET    /api/matching/weights/versions                                                          -         -        -      -       -     -     -     any      -
PUT    /api/matching/weights                                                                   -         -        -      -       -     -     -     any      -
GET    /api/matching/fairness                                                                  -         -        -      -       -     -     -     any      -
GET    /api/matching/outcomes                                                                  -         -        -      -       -     -     -     any      -
POST   /api/matching/reports                                                                   -         -        -      -       -     -     -     any      -
GET    /api/matching/reports                                                                   -         -        -      -       -     -     -     any      -
GET    /api/matching/reports/:reportId                                                         -         -        -      -       -     -     -     any      -
GET    /api/matching/overview                                                                  any       any      any    any     any   any   any   any      any
GET    /api/matching/demand                                                                    -         -        -      -       -     -     -     -        any

Agents' months
POST   /api/matching/agents/:providerId/caseload                                               -         -        -      own     -     -     -     any      -
GET    /api/matching/agents/:providerId/caseload                                               -         -        -      own     -     -     own   any      -
POST   /api/matching/agents/:providerId/caseload/removal                                       -         -        -      own     -     -     -     any      -
PUT    /api/matching/agents/:providerId/calendar                                               -         -        -      own     -     -     own   any      -
GET    /api/matching/agents/:providerId/calendar                                               -         -        -      own     -     -     own   any      -
POST   /api/matching/agents/:providerId/appointments                                           -         -        -      own     -     -     own   any      -
DELETE /api/matching/agents/:providerId/appointments/:appointmentId                            -         -        -      own     -     -     own   any      -
GET    /api/matching/agents/:providerId/earnings                                               -         -        -      own     -     own   own   any      -
PUT    /api/matching/place-days                                                                -         -        -      -       -     -     -     any      -
GET    /api/matching/place-days                                                                any       any      any    any     any   any   any   any      any
POST   /api/matching/plans                                                                     -         -        -      own     -     -     -     any      -
GET    /api/matching/plans                                                                     -         -        -      own     -     -     -     any      -
GET    /api/matching/plans/:planId                                                             -         -        -      own     -     -     -     any      -
GET    /api/matching/plans/:planId/visits                                                      -         -        -      own     -     -     -     any      -
POST   /api/matching/plans/:planId/visits                                                      -         -        -      own     -     -     -     any      -
POST   /api/matching/plan-visits/:planVisitId/move                                             -         -        -      own     -     -     -     any      -
POST   /api/matching/plan-visits/:planVisitId/removal                                          -         -        -      own     -     -     -     any      -
POST   /api/matching/plans/:planId/approval                                                    -         -        -      own     -     -     -     any      -
POST   /api/matching/plans/:planId/discard                                                     -         -        -      own     -     -     -     any      -
POST   /api/matching/plans/:planId/replan                                                      -         -        -      own     -     -     -     any      -
POST   /api/matching/plans/:planId/agents/:providerId/answer                                   -         -        -      -       -     -     own   any      any
GET    /api/matching/people/:personId/plan-days                                                -         own      own    own     own   own   own   any      any
GET    /api/matching/plan-visits/:planVisitId                                                  -         own      own    own     own   own   own   any      any
GET    /api/matching/people/:personId/plan-visits                                              -         own      own    own     own   own   own   any      any
POST   /api/matching/plan-visits/:planVisitId/answer                                           -         own      own    own     own   own   own   any      any
POST   /api/catalog/agents                                                                     -         -        -      -       -     -     -     -        any

Messages
POST   /simulator/messages                                                                     any       any      any    any     any   any   any   any      any
GET    /simulator/messages                                                                     any       any      any    any     any   any   any   any      any
POST   /api/notifications/messages                                                             -         -        -      -       -     -     -     -        any
GET    /api/notifications/people/:personId/messages                                            -         own      own    own     own   own   own   own      -
GET    /api/notifications/channels                                                             -         -        -      -       -     -     -     any      -
GET    /api/notifications/attention                                                            -         -        -      -       -     -     -     any      -
GET    /api/notifications/attention/:itemId/contact                                            -         -        -      -       -     -     -     any      -
POST   /api/notifications/attention/:itemId/reply                                              -         -        -      -       -     -     -     any      -
POST   /api/notifications/attention/:itemId/resolution                                         -         -        -      -       -     -     -     any      -
GET    /api/notifications/conversations                                                        -         -        -      -       -     -     -     any      -
GET    /api/notifications/conversations/:conversationId                                        -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/takeover                               -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/messages                               -         -        -      -       -     -     -     any      -
POST   /api/notifications/conversations/:conversationId/handback                               -         -        -      -       -     -     -     any      -
GET    /api/notifications/misunderstood                                                        -         -        -      -       -     -     -     any      -
GET    /api/notifications/misunderstood/export                                                 -         -        -      -       -     -     -     any      -
POST   /api/notifications/misunderstood/:misunderstoodId/correction                            -         -        -      -       -     -     -     any      -
POST   /api/notifications/misunderstood/:misunderstoodId/dismissal                             -         -        -      -       -     -     -     any      -
POST   /api/notifications/bulletins                                                            -         -        -      own     -     -     -     any      -
GET    /api/notifications/bulletins                                                            -         -        -      own     -     -     -     any      -
GET    /api/notifications/bulletins/:bulletinId                                                -         -        -      own     -     -     -     any      -
POST   /api/notifications/bulletins/:bulletinId/approval                                       -         -        -      own     -     -     -     any      -
POST   /api/notifications/bulletins/:bulletinId/cancellation                                   -         -        -      own     -     -     -     any      -

Operators' desk
GET    /api/catalog/audit                                                                      -         -        -      -       -     -     -     any      -
GET    /api/catalog/queue                                                                      -         -        -      -       -     -     -     any      -
GET    /api/catalog/parked-deliveries                                                          -         -        -      -       -     -     -     any      -
POST   /api/catalog/parked-deliveries/retries                                                  -         -        -      -       -     -     -     any      -
GET    /api/catalog/coverage                                                                   -         -        -      -       -     -     -     any      -
GET    /api/catalog/freshness                                                                  -         -        -      -       -     -     -     any      -
GET    /api/matching/audit                                                                     -         -        -      -       -     -     -     any      -
GET    /api/matching/queue                                                                     -         -        -      -       -     -     -     any      -
GET    /api/matching/parked-deliveries                                                         -         -        -      -       -     -     -     any      -
POST   /api/matching/parked-deliveries/retries                                                 -         -        -      -       -     -     -     any      -
GET    /api/matching/coverage                                                                  -         -        -      -       -     -     -     any      -
GET    /api/matching/served                                                                    -         -        -      -       -     -     -     any      -
GET    /api/notifications/audit                                                                -         -        -      -       -     -     -     any      -
GET    /api/notifications/queue                                                                -         -        -      -       -     -     -     any      -
GET    /api/notifications/parked-deliveries                                                    -         -        -      -       -     -     -     any      -
POST   /api/notifications/parked-deliveries/retries                                            -         -        -      -       -     -     -     any      -
GET    /api/notifications/message-costs                                                        -         -        -      -       -     -     -     any      -
`;
