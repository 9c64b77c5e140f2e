import { Tabs } from "antd";
import { type ReactNode, useState } from "react";
import { moment } from "#kit/desk/dates.ts";
import { useToday } from "#kit/desk/desk-context.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import type { CaseDetail, Event } from "#modules/cases/api.ts";
import { MaterialSource } from "./material-source.tsx";
import { asLabel, useCasesWords, useEntryWords } from "./words.ts";

type Part = "materials" | "answers" | "opinions" | "history";

export interface CaseFileProps {
  readonly detail: CaseDetail;
  /** The part that the act at hand needs first. */
  readonly first: Part;
}

/** All that is known of a case: materials, answers, the opinion of each department, history (ux D2). */
export function CaseFile({ detail, first }: CaseFileProps): ReactNode {
  const words = useCasesWords();
  const [part, setPart] = useState<string>(first);
  return (
    <Tabs
      className="case-file"
      activeKey={part}
      onChange={setPart}
      items={[
        { key: "materials", label: words.file.materials(detail.materials.length), children: <Materials detail={detail} /> },
        { key: "answers", label: words.file.answers(detail.answers.length), children: <Answers detail={detail} /> },
        { key: "opinions", label: words.file.opinions(detail.reviews.length), children: <Opinions detail={detail} /> },
        { key: "history", label: words.file.history(detail.events.length), children: <History events={detail.events} /> },
      ]}
    />
  );
}

function Materials({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  if (detail.materials.length === 0) return <p className="empty">{words.file.noMaterials}</p>;
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{words.checking.material}</th>
          <th scope="col">{words.checking.source}</th>
        </tr>
      </thead>
      <tbody>
        {detail.materials.map((material) => (
          <tr key={material.key}>
            <td>
              <b>{text(material.name)}</b>
              <p className="hint">{text(material.standard)}</p>
            </td>
            <td className="nowrap-cell">
              <MaterialSource material={material} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answers({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  if (detail.answers.length === 0) return <p className="empty">{words.file.noAnswers}</p>;
  return (
    <table className="plain">
      <tbody>
        {detail.answers.map(({ key, label, value, personal }) => (
          <tr key={key}>
            <th scope="row">{text(label)}</th>
            <td>
              {value}
              {personal ? <span className="small"> {words.file.personal}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Opinions({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const { language } = useLanguage();
  const today = useToday();
  if (detail.reviews.length === 0) return <p className="empty">{words.file.noOpinions}</p>;
  return (
    <table className="plain">
      <tbody>
        {detail.reviews.map(({ step, stepName, organisationName, opinion, by, at, reason }) => (
          <tr key={step}>
            <th scope="row">
              {text(stepName)}
              <p className="small">{organisationName}</p>
            </th>
            <td>
              <span className={opinion === "agree" ? "tag tag-ok" : "tag tag-no"}>{words.file[opinion]}</span> {reason}
              <p className="small">
                {by} · {moment(at, language, today)}
              </p>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function History({ events }: { readonly events: readonly Event[] }): ReactNode {
  const say = useEntryWords();
  const text = useText();
  const { language } = useLanguage();
  const today = useToday();
  return (
    <ol className="timeline">
      {events.toReversed().map(({ version, type, at, by, facts }) => (
        <li key={version}>
          <b>{asLabel(say(type))}</b> <span className="small">{moment(at, language, today)}</span>
          <p>{by}</p>
          {facts.map(({ label, value }) => (
            <p key={`${label.zh}${value}`} className="small">
              {text(label)}：{value}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
