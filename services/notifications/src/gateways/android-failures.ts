import type { Refusal, Retry } from "./gateway.ts";

/** How often a failure that names no cause is tried again: out of credit, a bad cell, or a number that is none. */
const triesWithoutCause = 3;

/**
 * What Android's results of sending ask for.
 * Source: https://developer.android.com/reference/android/telephony/SmsManager
 */
const retryByResult: Readonly<Record<string, Retry>> = {
  // More than Android or the operator lets one SIM send.
  ERROR_LIMIT_EXCEEDED: "busy",
  RIL_REQUEST_RATE_LIMITED: "busy",
  // The phone itself is in no state to send anything.
  ERROR_RADIO_OFF: "pause",
  ERROR_NO_SERVICE: "pause",
  RADIO_NOT_AVAILABLE: "pause",
  NO_DEFAULT_SMS_APP: "pause",
  OPERATION_NOT_ALLOWED: "pause",
  RIL_RADIO_NOT_AVAILABLE: "pause",
  RIL_NETWORK_NOT_READY: "pause",
  RIL_SIM_ABSENT: "pause",
  RIL_OPERATION_NOT_ALLOWED: "pause",
  RIL_ACCESS_BARRED: "pause",
  // This SIM may not write to that number, or the network will not have it.
  ERROR_FDN_CHECK_FAILURE: "elsewhere",
  ERROR_SHORT_CODE_NOT_ALLOWED: "elsewhere",
  ERROR_SHORT_CODE_NEVER_ALLOWED: "elsewhere",
  UNEXPECTED_EVENT_STOP_SENDING: "elsewhere",
  NETWORK_REJECT: "elsewhere",
  RIL_NETWORK_REJECT: "elsewhere",
  // The message itself is what it stumbles over.
  ERROR_NULL_PDU: "never",
  INVALID_ARGUMENTS: "never",
  INVALID_SMS_FORMAT: "never",
  ENCODING_ERROR: "never",
  RIL_INVALID_ARGUMENTS: "never",
  RIL_INVALID_SMS_FORMAT: "never",
  RIL_ENCODING_ERR: "never",
};

/**
 * What to do about a failure that the phone reports in words. Only a code of ours is kept of them: they quote
 * numbers of the network.
 */
export function refusalOfFailure(reason: string, attempt: number): Refusal {
  const unclear: Retry = attempt < triesWithoutCause ? "soon" : "never";
  const result = /\bRESULT_([A-Z_]+)\b/.exec(reason)?.[1];
  if (result !== undefined) return { code: result, retry: retryByResult[result] ?? unclear };
  const status = /^Delivery result.*?: ?(\d{1,3})$/.exec(reason)?.[1];
  if (status !== undefined) return { code: `status ${status}`, retry: retryOfStatus(Number(status)) };
  if (reason === "TTL expired") return { code: "expired", retry: "never" };
  if (/\bSIMs? (\d )?(not )?found\b|No SIMs|permission/i.test(reason))
    return { code: "no SIM", retry: "pause" };
  return { code: "failed", retry: unclear };
}

/**
 * The network's last word on a message that had left the phone.
 * Source: 3GPP TS 23.040, 9.2.3.15 TP-Status
 */
function retryOfStatus(status: number): Retry {
  const keptTooLong = status === 70;
  const gaveUpForNow = status >= 96 && status < 128;
  return keptTooLong || gaveUpForNow ? "away" : "never";
}
