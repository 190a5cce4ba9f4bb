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
`;
