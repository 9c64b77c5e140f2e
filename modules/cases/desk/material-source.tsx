import type { ReactNode } from "react";
import { useText } from "#kit/desk/language.tsx";
import type { CaseDetail } from "#modules/cases/api.ts";
import { useCasesWords } from "./words.ts";

export type Material = CaseDetail["materials"][number];

/** Where a material came from, with the way to look at it. */
export function MaterialSource({ material }: { readonly material: Material }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const { file } = material;
  if (file === null) return material.source === "government" ? words.checking.heldByOffice : words.checking.noFile;
  return (
    <>
      {words.checking.uploaded(sizeOf(file.bytes))}{" "}
      <a href={file.href} target="_blank" rel="noopener" aria-label={words.checking.viewOf(text(material.name))}>
        {words.checking.view}
      </a>
    </>
  );
}

const KILO = 1024;

/** "320 KB", "2.1 MB" */
function sizeOf(bytes: number): string {
  if (bytes < KILO * KILO) return `${Math.max(1, Math.round(bytes / KILO))} KB`;
  return `${(bytes / KILO / KILO).toFixed(1)} MB`;
}
