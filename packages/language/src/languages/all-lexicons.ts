import answers from "../lexicons/es/answers.json" with { type: "json" };
import attendance from "../lexicons/es/attendance.json" with { type: "json" };
import choiceWords from "../lexicons/es/choice-words.json" with { type: "json" };
import commands from "../lexicons/es/commands.json" with { type: "json" };
import commonWords from "../lexicons/es/common-words.json" with { type: "json" };
import complaintWords from "../lexicons/es/complaint-words.json" with { type: "json" };
import courtesies from "../lexicons/es/courtesies.json" with { type: "json" };
import courtesyMessages from "../lexicons/es/courtesy-messages.json" with { type: "json" };
import cropStates from "../lexicons/es/crop-states.json" with { type: "json" };
import crops from "../lexicons/es/crops.json" with { type: "json" };
import declineReasons from "../lexicons/es/decline-reasons.json" with { type: "json" };
import equipment from "../lexicons/es/equipment.json" with { type: "json" };
import inputs from "../lexicons/es/inputs.json" with { type: "json" };
import menuWords from "../lexicons/es/menu-words.json" with { type: "json" };
import numbers from "../lexicons/es/numbers.json" with { type: "json" };
import personNames from "../lexicons/es/person-names.json" with { type: "json" };
import control from "../lexicons/es/phrases/control.json" with { type: "json" };
import needs from "../lexicons/es/phrases/needs.json" with { type: "json" };
import purposes from "../lexicons/es/purposes.json" with { type: "json" };
import rest from "../lexicons/es/rest.json" with { type: "json" };
import roles from "../lexicons/es/roles.json" with { type: "json" };
import services from "../lexicons/es/services.json" with { type: "json" };
import shorthand from "../lexicons/es/shorthand.json" with { type: "json" };
import tools from "../lexicons/es/tools.json" with { type: "json" };
import topicHints from "../lexicons/es/topic-hints.json" with { type: "json" };
import topics from "../lexicons/es/topics.json" with { type: "json" };
import units from "../lexicons/es/units.json" with { type: "json" };
import urgency from "../lexicons/es/urgency.json" with { type: "json" };
import violence from "../lexicons/es/violence.json" with { type: "json" };
import { builtInFolder, readLexiconFiles } from "./language-files.ts";
import { mergeLexicons, otherLanguages } from "./merge-lexicons.ts";
import { withOperatorFolder } from "./operator-folder.ts";

/** By the names of their files. A lexicon that is not here is none. */
const spanish = {
  answers,
  attendance,
  "choice-words": choiceWords,
  commands,
  "common-words": commonWords,
  "complaint-words": complaintWords,
  courtesies,
  "courtesy-messages": courtesyMessages,
  "crop-states": cropStates,
  crops,
  "decline-reasons": declineReasons,
  equipment,
  inputs,
  "menu-words": menuWords,
  numbers,
  "person-names": personNames,
  "phrases/control": control,
  "phrases/needs": needs,
  purposes,
  rest,
  roles,
  services,
  shorthand,
  tools,
  "topic-hints": topicHints,
  topics,
  units,
  urgency,
  violence,
};

const builtIn = mergeLexicons(spanish, spanish, otherLanguages(readLexiconFiles(builtInFolder)));
const loaded = withOperatorFolder(builtIn, (folder) =>
  mergeLexicons(spanish, builtIn, readLexiconFiles(folder)),
);

/** The words of every language together: people mix them within one message. */
export const lexicons = loaded.result;

/** Why the operator's lexicons are not among them, in one line. */
export const lexiconProblem = loaded.problem;
