import type { SameWords } from "#domain/words.ts";
import type { organisationWords as zh } from "#modules/organisation/words.zh.ts";

export const organisationWords: SameWords<typeof zh> = {
  refusals: {
    "organisation.sign_in_failed": "The user name or the password is wrong. Please check both and try again.",
    "organisation.sign_in_paused": ({ seconds }) => `Too many attempts. Please try again in ${seconds} seconds.`,
  },
  permissions: {
    "case.read": "Read cases",
    "case.accept": "Accept cases",
    "case.review": "Review cases",
    "case.decide": "Decide cases",
    "case.deliver": "Deliver and close",
    "case.export": "Export cases",
    "figures.read": "Read the figures",
    "organisation.read": "Read the organisation",
    "organisation.manage": "Manage the organisation",
    "catalog.read": "See the implementing lists",
    "catalog.import": "Import foreign lists, see quarantined rows",
    "platform.park": "Handle parked entries",
  },
};
