/** How long who waits for whom. */
export const draftDays = 30;
/** Monday to Friday: after so many the lender is reminded, after as many again an operator looks. */
export const lenderWorkingDays = 5;
/** The same of an organization that is asked to vouch; after as many again the borrower is told that nobody answers. */
export const endorserWorkingDays = 3;
/** After an approval the borrower is reminded once, and then it lapses. */
export const reminderDays = 3;
export const approvalDays = 10;
export const remindBeforeDays = 3;
/** Days after an instalment's day in which it is not late. */
export const graceDays = 5;
/** In arrears for so long, those who vouched are called. */
export const callDays = 10;
/** While a payment waits for its receiver's word, what it would have prevented is looked at again after so many. */
export const recheckDays = 3;
export const guarantorDays = 7;

/** Products of which more is missing are not nearly there. */
export const mostMissing = 2;

/** Nobody answers for more of others' credits than this in all: S/ 5,000. */
export const mostGuaranteedCentimos = 500_000;

/** Of what a signed contract is worth, how much may be lent on it in all. */
export const contractSharePercent = 80;

/** So many deliveries and paid pools together are a history. */
export const actsOfHistory = 2;
