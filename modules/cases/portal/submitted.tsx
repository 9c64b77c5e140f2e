import type { ReactNode } from "react";
import type { Language, Text } from "#domain/words.ts";
import { Buttons, LinkButton } from "#kit/portal/button.tsx";
import { formatDay } from "#kit/portal/dates.ts";
import { casePortalWords } from "./words.ts";

export interface SubmittedProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly itemName: Text;
  readonly number: string;
  readonly queryCode: string;
  /** YYYY-MM-DD. */
  readonly receivedOn: string;
  /** Until when the window must answer (行政许可法第三十二条: 5 working days). */
  readonly acceptBy: string;
  readonly officeName: string;
  readonly phone: string;
}

/** The receipt: number, what happens next and by which date, whom to call (ux P13). It survives bookmarking and printing. */
export function Submitted(props: SubmittedProps): ReactNode {
  const { language, today, itemName, number, queryCode, receivedOn, acceptBy, officeName, phone } = props;
  const words = casePortalWords(language);
  return (
    <>
      <section className="card now done">
        <h1>{words.submittedTitle}</h1>
        <p>{itemName[language]}</p>
        <dl className="facts">
          <div>
            <dt>{words.number}</dt>
            <dd className="big-number">{number}</dd>
            <dd>{words.received(formatDay(receivedOn, language, today))}</dd>
          </div>
          <div>
            <dt>{words.queryCode}</dt>
            <dd className="big-number">{queryCode}</dd>
            <dd>{words.queryCodeHint}</dd>
          </div>
        </dl>
      </section>
      <h2>{words.whatNext}</h2>
      <ol className="card numbers">
        <li>{words.nextAccept(formatDay(acceptBy, language, today))}</li>
        <li>{words.nextSilence}</li>
        <li>{words.nextNotice}</li>
      </ol>
      <p className="section">
        {words.help} <b>{officeName}</b>{" "}
        <a className="phone num" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
          {phone}
        </a>
      </p>
      <p className="muted no-print">{words.print}</p>
      <Buttons>
        <LinkButton href={`/cases/${number}`}>{words.seeProgress}</LinkButton>
      </Buttons>
    </>
  );
}
