import type { ReactNode } from "react";
import type { Language } from "#domain/words.ts";
import { BackLink } from "#kit/portal/button.tsx";
import { guideWords } from "./words.ts";

/** 无障碍说明: what was built to, what is not there yet, and whom to tell (GB/T 37668-2019, WCAG 2.2 AA). */
export function Accessibility({ language }: { readonly language: Language }): ReactNode {
  const words = guideWords(language);
  const { title, promise, points, notYet, tell } = words.accessibility;
  return (
    <>
      <BackLink href="/">{words.home}</BackLink>
      <h1>{title}</h1>
      <p className="section">{promise}</p>
      <ul>
        {points.split("\n").map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <p>{notYet}</p>
      <p>
        {tell} <a href="tel:12345">12345</a>
      </p>
    </>
  );
}
