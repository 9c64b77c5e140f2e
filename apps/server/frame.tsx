import { Document } from "#kit/portal/document.tsx";
import { ProblemPage, problemKind } from "#kit/portal/problem-page.tsx";
import { portalWords } from "#kit/words/portal.ts";
import type { Text } from "#domain/words.ts";
import type { Frame } from "#platform/page.tsx";

/** The hall named at the foot of every problem page: somebody who helps when the site does not. */
export interface Place {
  readonly name: Text;
  readonly hall: { readonly name: Text; readonly address: Text; readonly phone: string };
}

/** The public pages' frame: the kit's document and problem page, with this government's name. */
export function portalFrame(place: Place): Frame {
  return {
    document: ({ title, view, layout, language, careMode, actor, here, wrong, stylesheet, scripts }) => (
      <Document
        language={language}
        careMode={careMode}
        layout={layout}
        title={title}
        wrong={wrong}
        place={place.name}
        path={here}
        person={actor.kind === "citizen" ? { maskedName: actor.maskedName } : null}
        stylesheet={stylesheet}
        scripts={scripts}
      >
        {view}
      </Document>
    ),
    problem: ({ status, code, text, language, requestId }) => {
      const kind = problemKind(status, code);
      // The kit's own sentences are kinder where nothing more is known than the number.
      const reason = status === 404 || status >= 500 ? null : text;
      const view = <ProblemPage language={language} kind={kind} reason={reason} requestId={requestId} hall={place.hall} />;
      return { title: portalWords(language).problems[kind].title, view };
    },
  };
}
