import type { ReactNode } from "react";
import { dayWithWeekday } from "#kit/desk/dates.ts";
import { DueTag } from "#kit/desk/due-tag.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import { type Fact, Facts, Pane } from "#kit/desk/panes.tsx";
import type { CaseDetail } from "#modules/cases/api.ts";
import { StatusTag } from "./status-tag.tsx";
import { useCasesWords } from "./words.ts";

/** The first column: who asks for what, until when and why then, and who has it now. */
export function PersonPane({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  return (
    <Pane title={words.person.title} scrollsByKeys aside={<StatusTag status={detail.status} />}>
      <p className="big">{detail.applicantName}</p>
      <h1 className="case-title">{text(detail.itemName)}</h1>
      <Facts facts={usePersonFacts(detail)} />
      <Holders detail={detail} />
      {detail.clock.length === 0 ? null : (
        <section className="part">
          <h2>{words.person.clock}</h2>
          <dl className="clock">
            {detail.clock.map(({ label, value }) => (
              <div key={label.zh}>
                <dt>{text(label)}</dt>
                <dd>{text(value)}</dd>
              </div>
            ))}
          </dl>
          {detail.provisional ? <p className="small">{words.person.provisional}</p> : null}
        </section>
      )}
    </Pane>
  );
}

function usePersonFacts(detail: CaseDetail): readonly Fact[] {
  const words = useCasesWords();
  const { language } = useLanguage();
  const { applicantResidentId, applicantPhone } = detail;
  return [
    ...(applicantResidentId === null ? [] : [{ label: words.person.residentId, value: applicantResidentId }]),
    ...(applicantPhone === null ? [] : [{ label: words.person.phone, value: applicantPhone }]),
    { label: words.person.number, value: <span className="number">{detail.number}</span> },
    { label: words.person.receivedOn, value: dayWithWeekday(detail.receivedOn, language) },
    { label: words.person.organisation, value: detail.organisationName },
  ];
}

function Holders({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  return (
    <section className="part">
      <h2>{words.person.holders}</h2>
      {detail.duties.length === 0 ? <p className="small">{words.person.nobody}</p> : null}
      <ul className="holders">
        {detail.duties.map(({ kind, step, stepName, organisationName, phone, dueOn }) => (
          <li key={`${kind} ${step}`}>
            <b>{text(stepName)}</b> {organisationName}
            <br />
            <DueTag dueOn={dueOn} waitsForApplicant={kind === "correct"} />
            {phone === null ? null : <span className="small nowrap"> {words.person.phoneOf(phone)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
