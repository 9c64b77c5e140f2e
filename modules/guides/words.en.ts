import type { SameWords } from "#domain/words.ts";
import type { zh } from "./words.zh.ts";

/** Texts of search and guides; the pages' own stand in portal. */
export const en: SameWords<typeof zh> = {
  refusals: {},
  titles: { home: "Home", search: (q) => (q === "" ? "Search" : `Results for “${q}”`), items: "All items" },
  receivedHere: ({ window, office }) => `${window} takes in the papers; ${office} decides.`,
  events: {
    restaurant: { title: "Opening a restaurant", note: "Food business licence, online" },
    company: { title: "Running a company", note: "Set up, change, close" },
    senior: { title: "Older people at home", note: "Senior card, allowance" },
    newborn: { title: "A new baby", note: "Birth, insurance, vaccination" },
    truck: { title: "Carrying goods", note: "Freight licence, inspection" },
    sign: { title: "Putting up a sign", note: "Outdoor advertising" },
    shop: { title: "Opening a salon or hotel", note: "Hygiene licence" },
  },
};
