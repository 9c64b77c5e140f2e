import { useEffect } from "react";
import { useDeskWords } from "./words.ts";

/** The title of the browser tab says where one is. */
export function usePageTitle(title: string): void {
  const words = useDeskWords();
  const whole = words.pageTitle(title);
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}
