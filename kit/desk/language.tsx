import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Language, Text } from "#domain/words.ts";
import { remember, remembered } from "./preferences.ts";

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice>({ language: "zh", choose: () => undefined });

/** The language of the desk; remembered on this computer, as several officers may share a window's account settings. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, choose] = useState<Language>(() => (remembered("language") === "en" ? "en" : "zh"));
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    remember("language", language);
  }, [language]);
  const value = useMemo(() => ({ language, choose }), [language]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  return useContext(LanguageContext);
}

/** Reads a text of data in the chosen language. */
export function useText(): (text: Text) => string {
  const { language } = useLanguage();
  return (text) => text[language];
}
