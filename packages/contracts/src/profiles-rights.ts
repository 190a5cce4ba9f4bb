/** Rows of the table of rights for what profiles answers, sign-in with it. */
export const profilesRights = `
                                                                                               anonymous producer broker manager staff owner agent operator service

Sign-in
POST   /api/auth/codes                                                                         any       any      any    any     any   any   any   any      any
POST   /api/auth/tokens                                                                        any       any      any    any     any   any   any   any      any
POST   /api/auth/tokens/refresh                                                                any       any      any    any     any   any   any   any      any
POST   /api/auth/sign-out                                                                      any       any      any    any     any   any   any   any      any
POST   /api/auth/sign-out-everywhere                                                           -         own      own    own     own   own   own   own      -
GET    /api/auth/keys                                                                          any       any      any    any     any   any   any   any      any

Acting for others
POST   /api/profiles/delegations                                                               -         own      own    own     own   own   own   own      -
POST   /api/profiles/delegations/spoken                                                        -         -        own    own     -     -     -     any      -
GET    /api/profiles/delegations                                                               -         own      own    own     own   own   own   own      -
POST   /api/profiles/delegations/:delegationId/withdrawal                                      -         own      own    own     own   own   own   any      -
POST   /api/auth/acting                                                                        -         own      own    own     own   own   own   own      -
POST   /api/profiles/people/assisted                                                           -         own      own    own     own   own   own   own      -
POST   /api/profiles/errands                                                                   -         -        -      -       -     -     -     -        any
GET    /api/profiles/errands/:errandId                                                         -         -        -      -       -     -     -     -        any
GET    /api/profiles/errands/:errandId/news                                                    -         -        -      -       -     -     -     -        any

Operators
GET    /api/profiles/operators                                                                 -         -        -      -       -     -     -     any      -
POST   /api/profiles/operators                                                                 -         -        -      -       -     -     -     any      -
DELETE /api/profiles/operators/:personId                                                       -         -        -      -       -     -     -     any      -

People
POST   /api/profiles/people                                                                    -         -        -      -       -     -     -     -        any
PUT    /api/profiles/people/:personId                                                          -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId                                                          -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId/profile                                                  -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/consents                                                 -         own      own    own     own   own   own   any      any
POST   /api/profiles/people/:personId/consents                                                 -         own      own    own     own   own   own   any      any
POST   /api/profiles/people/:personId/consents/:purpose/withdrawal                             -         own      own    own     own   own   own   any      any
GET    /api/profiles/people/:personId/certificates                                             -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/certificates                                             -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/certificates/:certificateId                              -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/certificates/:certificateId                              -         own      own    own     own   own   own   any      -

Plots and seasons
GET    /api/profiles/people/:personId/plots                                                    -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/plots                                                    -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/plots/:plotId                                            -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/plots.geojson                                            -         own      own    own     own   own   own   any      -
GET    /api/profiles/people/:personId/seasons                                                  -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/seasons                                                  -         own      own    own     own   own   own   any      -
PUT    /api/profiles/people/:personId/seasons/:seasonId                                        -         own      own    own     own   own   own   any      -
DELETE /api/profiles/people/:personId/seasons/:seasonId                                        -         own      own    own     own   own   own   any      -

Phones
POST   /api/profiles/phones/identify                                                           -         -        -      -       -     -     -     -        any
POST   /api/profiles/contacts                                                                  -         -        -      -       -     -     -     -        any
POST   /api/profiles/people/names                                                              -         -        -      -       -     -     -     -        any
POST   /api/profiles/audiences                                                                 -         -        -      -       -     -     -     -        any
POST   /api/profiles/audiences/count                                                           -         -        -      -       -     -     -     -        any
POST   /api/profiles/people/women                                                              -         -        -      -       -     -     -     -        any
GET    /api/profiles/people/:personId/asker                                                    -         -        -      -       -     -     -     -        any
POST   /api/profiles/traits                                                                    -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/people                                                             -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/speaker                                                            -         -        -      -       -     -     -     -        any
POST   /api/profiles/phones/newcomers                                                          -         -        -      -       -     -     -     -        any
PUT    /api/profiles/people/:personId/private-word                                             -         own      own    own     own   own   own   own      any

Organizations
GET    /api/profiles/organizations                                                             any       any      any    any     any   any   any   any      any
GET    /api/profiles/organizations/:organizationId                                             any       any      any    any     any   any   any   any      any
GET    /api/profiles/organization-records                                                      -         -        -      -       -     -     -     any      -
POST   /api/profiles/organizations                                                             -         own      own    own     own   own   own   any      any
PUT    /api/profiles/organizations/:organizationId                                             -         -        -      own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/verify                                      -         -        -      -       -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/close                                       -         -        -      own     -     -     -     any      -
POST   /api/profiles/groups                                                                    -         own      own    own     own   own   own   any      any
GET    /api/profiles/organizations/:organizationId/board                                       -         own      own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/board                                       -         -        -      own     -     -     -     any      -
PUT    /api/profiles/organizations/:organizationId/board/:seatId                               -         -        -      own     -     -     -     any      -
DELETE /api/profiles/organizations/:organizationId/board/:seatId                               -         -        -      own     -     -     -     any      -

Members and their lists
GET    /api/profiles/people/:personId/memberships                                              -         own      own    own     own   own   own   any      any
POST   /api/profiles/organizations/:organizationId/members                                     -         -        -      own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/requests                                    -         own      own    own     own   own   own   any      any
GET    /api/profiles/organizations/:organizationId/members                                     -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/member-figures                              -         -        own    own     -     -     -     any      -
POST   /api/profiles/memberships/:membershipId/answer                                          -         own      own    own     own   own   own   any      -
POST   /api/profiles/memberships/:membershipId/leave                                           -         own      own    own     own   own   own   own      any
POST   /api/profiles/memberships/:membershipId/end                                             -         -        -      own     -     -     -     any      -
PUT    /api/profiles/memberships/:membershipId                                                 -         -        -      own     -     -     -     any      -
GET    /api/profiles/memberships/:membershipId/news                                            -         -        -      -       -     -     -     -        any
POST   /api/profiles/organizations/:organizationId/imports                                     -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports                                     -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports/:importId                           -         -        own    own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/imports/:importId/findings                  -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/imports/:importId/start                     -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/imports/:importId/cancel                    -         -        own    own     -     -     -     any      -
POST   /api/profiles/farms                                                                     -         -        -      -       -     -     -     -        any
GET    /api/profiles/organizations/:organizationId/member-ids                                  -         -        -      -       -     -     -     -        any
GET    /api/profiles/organizations/:organizationId/members-file                                -         -        -      own     -     -     -     any      -
GET    /api/profiles/organizations/:organizationId/invitations                                 -         -        own    own     -     -     -     any      -
POST   /api/profiles/organizations/:organizationId/invitations/:invitationId/spoken-agreement  -         -        own    own     -     -     -     any      -

Personal data
GET    /api/profiles/people/:personId/data                                                     -         own      own    own     own   own   own   any      -
POST   /api/profiles/people/:personId/data-files                                               -         -        -      -       -     -     -     -        any
POST   /api/profiles/data-files/:token                                                         any       any      any    any     any   any   any   any      any
POST   /api/profiles/people/:personId/erasure                                                  -         own      own    own     own   own   own   any      any
GET    /api/profiles/erasures/:erasureId                                                       -         -        -      -       -     -     -     any      -

Questions by SMS
GET    /api/profiles/confirmations/:kind/:id                                                   -         -        -      -       -     -     -     -        any
POST   /api/profiles/confirmations/:kind/:id/answer                                            -         -        -      -       -     -     -     -        any

Agents' months
POST   /api/profiles/visit-points                                                              -         -        -      -       -     -     -     -        any

Operators' desk
GET    /api/profiles/audit                                                                     -         -        -      -       -     -     -     any      -
GET    /api/profiles/queue                                                                     -         -        -      -       -     -     -     any      -
GET    /api/profiles/parked-deliveries                                                         -         -        -      -       -     -     -     any      -
POST   /api/profiles/parked-deliveries/retries                                                 -         -        -      -       -     -     -     any      -
`;
