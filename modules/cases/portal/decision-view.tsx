import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { BackLink } from "#kit/portal/button.tsx";
import { formatLongDay } from "#kit/portal/dates.ts";
import { type CasePortalWords, casePortalWords } from "./words.ts";

export type DecisionKind = "granted" | "refused" | "not_accepted";

export interface DecisionViewProps {
  readonly language: Language;
  readonly number: string;
  readonly kind: DecisionKind;
  /** False for services that are not licences (公共服务): the Licensing Law is then not cited. */
  readonly licence: boolean;
  readonly itemName: Text;
  readonly applicantName: string;
  readonly officeName: string;
  /** YYYY-MM-DD. */
  readonly appliedOn: string;
  readonly decidedOn: string;
  /** As the decider wrote it; a refusal always has both (行政许可法第三十八条第二款). */
  readonly reason: string | null;
  readonly article: string | null;
  /** Art. 32(1)(2): whom to turn to instead. */
  readonly competentBody: string | null;
  /** What is handed over when it is granted. */
  readonly result: Text | null;
  /** Review and action, with their periods; always stated (第三十八条第二款). */
  readonly remedies: Text;
}

/** The decision as a document: seal red, printed as it stands. */
export function DecisionView(props: DecisionViewProps): ReactNode {
  const { language, number, kind, licence, itemName, applicantName, officeName } = props;
  const words = casePortalWords(language);
  const title = (licence ? words.deedTitles : words.plainDeedTitles)[kind];
  return (
    <>
      <BackLink href={`/cases/${number}`}>{words.back}</BackLink>
      <article className="deed stack">
        <h1>{title}</h1>
        <p className="muted num">{words.caseNumber(number)}</p>
        <p>{words.decisionTo(applicantName)}</p>
        <p className="indent">{words.applied(formatLongDay(props.appliedOn, language), itemName[language])}</p>
        <p className="indent">
          <b>{operative(kind, licence, words)}</b>
        </p>
        <Grounds {...props} words={words} />
        <div className="sealed">
          <p className="stamp" aria-hidden="true">
            {officeName}
            <br />
            {words.seal}
          </p>
          <p>{officeName}</p>
          <p className="num">{formatLongDay(props.decidedOn, language)}</p>
        </div>
      </article>
    </>
  );
}

function operative(kind: DecisionKind, licence: boolean, words: CasePortalWords): string {
  switch (kind) {
    case "granted":
      return licence ? words.granting : words.grantingPlain;
    case "refused":
      return licence ? words.refusing : words.refusingPlain;
    case "not_accepted":
      return words.notAccepting;
  }
}

function Grounds(props: DecisionViewProps & { readonly words: CasePortalWords }): ReactNode {
  const { language, kind, reason, article, competentBody, result, remedies, words } = props;
  const rows: readonly (readonly [string, string | null])[] = [
    [words.reason, reason],
    [words.article, article],
    [words.competent, competentBody],
    [words.result, result?.[language] ?? null],
    [words.remedies, kind === "granted" ? null : remedies[language]],
  ];
  const shown = rows.filter(([, value]) => value !== null && value !== "");
  if (shown.length === 0) return null;
  return (
    <dl className="answers pairs">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
