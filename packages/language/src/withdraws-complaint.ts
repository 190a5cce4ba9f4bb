import { takesComplaintBack } from "./understanding/complaint-words.ts";
import { readMessage } from "./understanding/read-message.ts";

/** Whether a message that speaks of a complaint takes one back: nobody is to be held for it. */
export function withdrawsComplaint(text: string): boolean {
  return takesComplaintBack(readMessage(text, ""));
}
