import type { ApplicationRefusalCode } from "#modules/applications/api.ts";
import type { SameWords } from "#domain/words.ts";
import type { applicationWordsZh } from "./words.zh.ts";

const refusals = {
  "applications.draft_sent": "This application has been sent and cannot be changed. Follow it under My cases.",
  "applications.not_online": "This cannot be applied for online yet. Please come to the window.",
  "applications.too_many_drafts": ({ most }: { readonly most: number }) =>
    `You can keep ${most} unfinished applications. Finish or delete one first.`,
} as const satisfies Record<ApplicationRefusalCode, string | ((params: never) => string)>;

export const applicationWordsEn: SameWords<typeof applicationWordsZh> = {
  refusals,
  draftsTitle: "Unfinished applications",
  draftsHint: "Continue at any time. Each page is saved as you finish it.",
  draftsEmpty: "You have no unfinished applications.",
  draftsFind: "Search for what you need to do",
  changedOn: (moment) => `Last changed ${moment}`,
  goOn: "Continue",
  remove: "Delete",
  tasks: "Steps",
  tasksHint: "In any order. Each page is saved; you can stop and come back another day.",
  done: "Done",
  begun: "Not finished",
  empty: "Not begun",
  pageOf: (index, total) => `Step ${index} of ${total}`,
  materials: "Upload materials",
  materialsHint: "Straight, sharp, with all four corners. PDF, JPG or PNG, 20 MB each at most.",
  materialsNone: "Nothing to upload. What must be checked, we look up ourselves.",
  materialsCount: (given, needed) => `${given} of ${needed} given`,
  materialOptional: "optional",
  materialTolerable: "can follow later",
  uploaded: "Uploaded",
  replace: "Replace",
  removeFile: (name) => `Delete ${name}`,
  size: (kilobytes) => `${kilobytes} KB`,
  locked: "This PDF has a password; staff may be unable to open it.",
  uploadAndGoOn: "Upload and continue",
  check: "Check and send",
  checkHint: "Please read it through. Change leads back here.",
  checkNotReady: "Finish the steps above, then check and send.",
  filesHead: "Materials",
  fileNone: "Not uploaded",
  declare: "By sending you declare that what you state and hand in is true (Administrative Licensing Law, Art. 31).",
  submit: "Send the application",
  afterSubmit: "You get a case number at once. Within 5 working days the window accepts it or asks for corrections.",
  notComplete: (count) => (count === 1 ? "1 thing is missing before you can send" : `${count} things are missing before you can send`),
  back: "Back to the steps",
  saveAndGoOn: "Save and continue",
  materialUnknown: "There is no such material",
  version: "If the requirements change, your application stays on those it began with.",
};
