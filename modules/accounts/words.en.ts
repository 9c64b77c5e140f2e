import type { SameWords } from "#domain/words.ts";
import type { accountWords as zh } from "#modules/accounts/words.zh.ts";

export const accountWords: SameWords<typeof zh> = {
  refusals: {
    "accounts.phone_invalid": "This is not a mobile number. Please enter 11 digits.",
    "accounts.code_too_soon": ({ seconds }) => `A code was just sent. Please wait ${seconds} seconds.`,
    "accounts.code_too_often": "Too many codes were sent. Please try later, or come to a window.",
    "accounts.code_wrong": ({ left }) => `The code is wrong. You have ${left} more tries.`,
    "accounts.code_expired": "The code is no longer valid. Please ask for a new one.",
    "accounts.not_found": "This account was not found.",
    "accounts.already_identified": "Your name and identity number are already on record. Please come to a window to correct them.",
    "accounts.name_invalid": "Please enter the name as it stands on the identity card.",
    "accounts.resident_id_invalid": ({ en }) => `The identity number is not right. ${en}`,
    "accounts.resident_id_taken":
      "This identity number belongs to another account. Please sign in with that phone number, or come to a window.",
  },
  titles: { signIn: "Sign in", enterCode: "Enter the code", me: "Mine", identity: "State your name and identity number" },
  sms: ({ code, minutes }) =>
    `[Yichuang] Your sign-in code is ${code}, valid for ${minutes} minutes. Never tell it to anyone; no officer will ask for it.`,
};
