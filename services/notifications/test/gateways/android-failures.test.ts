import { describe, expect, test } from "vitest";
import { refusalOfFailure } from "../../src/gateways/android-failures.ts";

describe("a failure that the Android phone reports", () => {
  test.each([
    ["Send result: RESULT_ERROR_LIMIT_EXCEEDED (Failed because …)", "ERROR_LIMIT_EXCEEDED", "busy"],
    ["Send result: RESULT_ERROR_NO_SERVICE (Failed because …)", "ERROR_NO_SERVICE", "pause"],
    ["Send result: RESULT_ERROR_RADIO_OFF (Failed because …)", "ERROR_RADIO_OFF", "pause"],
    ["Send result: RESULT_RIL_SIM_ABSENT (…)", "RIL_SIM_ABSENT", "pause"],
    ["Send result: RESULT_ERROR_FDN_CHECK_FAILURE (…)", "ERROR_FDN_CHECK_FAILURE", "elsewhere"],
    ["Send result: RESULT_NETWORK_REJECT (…)", "NETWORK_REJECT", "elsewhere"],
    ["Send result: RESULT_INVALID_ARGUMENTS (…)", "INVALID_ARGUMENTS", "never"],
    ["Can't send message: No SIMs found", "no SIM", "pause"],
    ["Can't send message: SIM 2 not found", "no SIM", "pause"],
    ["TTL expired", "expired", "never"],
    ["Delivery result from SC +51997990000: 70", "status 70", "away"],
    ["Delivery result from SC +51997990000: 99", "status 99", "away"],
    ["Delivery result from SC +51997990000: 65", "status 65", "never"],
  ])("as %s is %s: %s", (reason, code, retry) => {
    expect(refusalOfFailure(reason, 1)).toEqual({ code, retry });
  });

  test.each(["Send result: RESULT_ERROR_GENERIC_FAILURE (Generic failure cause)", "constructor", ""])(
    "that names no cause (%s) is tried three times",
    (reason) => {
      const retries = [1, 2, 3, 4].map((attempt) => refusalOfFailure(reason, attempt).retry);
      expect(retries).toEqual(["soon", "soon", "never", "never"]);
    },
  );

  test("leaves none of its numbers in what is kept", () => {
    for (const reason of [
      "sendSMS: bad destination +51987654321",
      "Delivery result from SC +51997990000: 65",
    ]) {
      expect(JSON.stringify(refusalOfFailure(reason, 1))).not.toMatch(/\d{4}/);
    }
    expect(refusalOfFailure("RESULT_CONSTRUCTOR", 1)).toEqual({ code: "CONSTRUCTOR", retry: "soon" });
  });
});
