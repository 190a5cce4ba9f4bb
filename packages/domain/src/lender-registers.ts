/**
 * Where a lender is registered. `sbs`: a resolution of the banking superintendence (SBS) that authorizes it, by
 * number and year. `sbs_coopac`: the SBS's national register of savings and credit cooperatives. `other`: another
 * register, such as the one of development organizations; its name is kept beside the number.
 */
export const lenderRegisters = ["sbs", "sbs_coopac", "other"] as const;
export type LenderRegister = (typeof lenderRegisters)[number];

/**
 * Forms as the registers write them: "4977-2018" and, before 2000, "540-99"; "0142-2019-REG.COOPAC-SBS".
 * Sources: SBS resolutions; Ley 30822 and Resolución SBS 4977-2018 for the register of cooperatives.
 */
const forms: Readonly<Record<LenderRegister, RegExp>> = {
  sbs: /^\d{1,6}-(\d{2}|(19|20)\d{2})$/,
  sbs_coopac: /^\d{1,6}-20\d{2}-REG\.COOPAC-SBS$/,
  other: /^(?=.*\d)[A-Z0-9][A-Z0-9./ -]{2,39}$/,
};

/** In capitals, and for the SBS's registers without what people write before the number ("Res. SBS N° 4977-2018"). */
export function readLenderNumber(register: LenderRegister, written: string): string {
  const number = written.trim().toUpperCase().replace(/\s+/g, " ");
  if (register === "other") return number;
  return number.replace(/^(RES(OLUCI[OÓ]N|\.)? ?)?(S\.?B\.?S\.? ?)?((NRO\.?|N[°º.]*|#) ?)?(?=\d)/, "");
}

/** Whether a number, as `readLenderNumber` leaves it, has the form of the register. */
export function isLenderNumber(register: LenderRegister, number: string): boolean {
  return forms[register].test(number);
}
