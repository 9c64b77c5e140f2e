import type { SameWords } from "#domain/words.ts";
import type { deskAppWordsZh } from "./words.zh.ts";

export const deskAppWordsEn: SameWords<typeof deskAppWordsZh> = {
  links: { work: "My work", cases: "Cases", figures: "Figures" },
  signIn: {
    title: "Sign in as an officer",
    userName: "User name",
    password: "Password",
    submit: "Sign in",
    userNameMissing: "Enter your user name",
    passwordMissing: "Enter your password",
    portal: "To the public portal",
    citizen: "This is the entrance for officers. Please use the portal.",
  },
  notFound: { title: "This page was not found", text: "The address may be incomplete.", back: "Back to my work" },
  failed: {
    title: "There is a problem with this page",
    text: "All that was recorded is kept. Please open the page again.",
    again: "Open again",
  },
};
