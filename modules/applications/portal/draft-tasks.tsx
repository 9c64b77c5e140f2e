import type { ReactNode } from "react";
import type { PageProgress } from "#modules/applications/law/completeness.ts";
import type { Language, Text } from "#domain/words.ts";
import { BackLink } from "#kit/portal/button.tsx";
import { type Task, TaskList } from "#kit/portal/lists.tsx";
import type { Tone } from "#kit/portal/tag.tsx";
import { portalWords } from "#kit/words/portal.ts";
import { type ApplicationWords, applicationWords } from "./words.ts";

export interface DraftTasksProps {
  readonly language: Language;
  readonly draft: string;
  readonly title: Text;
  readonly pages: readonly { readonly key: string; readonly title: Text; readonly progress: PageProgress }[];
  /** `known`: no answer is open that could ask for one more. */
  readonly materials: { readonly needed: number; readonly given: number; readonly progress: PageProgress; readonly known: boolean };
  /** Nothing is missing: it can be checked and sent. */
  readonly ready: boolean;
}

/** Tasks in any order, shown at the start and at each return (ux P6). */
export function DraftTasks({ language, draft, title, pages, materials, ready }: DraftTasksProps): ReactNode {
  const words = applicationWords(language);
  const base = `/apply/${draft}`;
  const tasks: readonly Task[] = [
    ...pages.map((page) => ({ title: page.title[language], href: `${base}/${page.key}`, ...status(page.progress, words) })),
    {
      title: words.materials,
      hint: materialsHint(materials, words),
      href: `${base}/materials`,
      ...status(materials.needed === 0 && !materials.known ? "empty" : materials.progress, words),
    },
    { title: words.check, hint: ready ? null : words.checkNotReady, href: ready ? `${base}/check` : null, status: "", tone: null },
  ];
  return (
    <>
      <BackLink href="/drafts">{portalWords(language).back}</BackLink>
      <h1>{title[language]}</h1>
      <p className="muted">{words.tasksHint}</p>
      <div className="card section">
        <TaskList tasks={tasks} />
      </div>
      <p className="muted small section">{words.version}</p>
    </>
  );
}

function materialsHint({ needed, given, known }: DraftTasksProps["materials"], words: ApplicationWords): string {
  if (needed > 0) return words.materialsCount(given, needed);
  return known ? words.materialsNone : words.materialsLater;
}

function status(progress: PageProgress, words: ApplicationWords): { readonly status: string; readonly tone: Tone | null } {
  switch (progress) {
    case "done":
      return { status: words.done, tone: null };
    case "begun":
      return { status: words.begun, tone: "paused" };
    case "empty":
      return { status: words.empty, tone: "waiting" };
  }
}
