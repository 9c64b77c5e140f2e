import type { ReactNode } from "react";
import type { CaseStatus } from "#modules/cases/law/state.ts";
import type { Language } from "#domain/words.ts";
import { BackLink, Button, Buttons, LinkButton } from "#kit/portal/button.tsx";
import { Details, type Fact, Facts } from "#kit/portal/card.tsx";
import { formatDay, formatShortDay } from "#kit/portal/dates.ts";
import { Form, type FormFields } from "#kit/portal/form.tsx";
import { Timeline } from "#kit/portal/timeline.tsx";
import { progressSteps } from "./progress-steps.ts";
import type { CaseProgress } from "#modules/cases/api.ts";
import { type CasePortalWords, casePortalWords } from "./words.ts";

/** Working days until a date; 0 is today, negative is late; null where there is no date. */
export interface DaysLeft {
  readonly accept: number | null;
  readonly promise: number | null;
  readonly legal: number | null;
}

export interface ProgressProps {
  readonly language: Language;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly detail: CaseProgress;
  readonly left: DaysLeft;
  /** Beside the legal limit, such as "已扣除专家评审 10 个工作日"; replaces the days left. */
  readonly deducted: string | null;
  /** Null when the case is tracked by number and code: then nothing can be done, only seen. */
  readonly form: FormFields | null;
}

/** Who holds my case, since when, until when, and why it is paused (ux P14). Posts `withdraw`. */
export function Progress(props: ProgressProps): ReactNode {
  const { language, today, detail, form } = props;
  const words = casePortalWords(language);
  const day =
    detail.acceptedOn === null
      ? words.received(formatShortDay(detail.receivedOn, language, today))
      : words.accepted(formatShortDay(detail.acceptedOn, language, today));
  const owner = form !== null;
  const steps = progressSteps(detail, language, today).map((step) => (owner ? step : { ...step, link: null }));
  return (
    <>
      {owner ? (
        <BackLink href="/cases" up={false}>
          {words.myCases}
        </BackLink>
      ) : (
        <BackLink href="/track">{words.back}</BackLink>
      )}
      <h1>{detail.itemName[language]}</h1>
      <p className="muted num">
        {words.caseNumber(detail.number)} · {day}
      </p>
      <Now {...props} words={words} />
      <h2 className="vh">{words.steps}</h2>
      <Timeline steps={steps} />
      <Clock language={language} lines={detail.clock} words={words} />
      {form !== null && ["received", "correcting", "accepted"].includes(detail.status) ? <Withdraw form={form} words={words} /> : null}
    </>
  );
}

interface ClockProps {
  readonly language: Language;
  readonly lines: CaseProgress["clock"];
  readonly words: CasePortalWords;
}

/** How the date came about, line by line, so that anyone can check it. */
function Clock({ language, lines, words }: ClockProps): ReactNode {
  if (lines.length === 0) return null;
  return (
    <Details summary={words.how} open>
      <table className="sum">
        <tbody>
          {lines.map((line) => (
            <tr key={line.label.zh}>
              <td>{line.label[language]}</td>
              <td>{line.value[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Details>
  );
}

type NowProps = ProgressProps & { readonly words: CasePortalWords };

const nowTones: Readonly<Record<CaseStatus, string>> = {
  received: "",
  correcting: " paused",
  not_accepted: " stopped",
  accepted: "",
  granted: " done",
  refused: " stopped",
  delivered: " done",
  closed: " done",
  withdrawn: "",
};

/** The one card that answers the question one came with. */
function Now(props: NowProps): ReactNode {
  const status = props.detail.status;
  const facts = datesOf(props);
  return (
    <section className={`card now${nowTones[status]}`}>
      <Holder {...props} />
      {facts.length === 0 ? null : <Facts facts={facts} />}
      {props.form !== null && status === "correcting" ? (
        <Buttons>
          <LinkButton href={`/cases/${props.detail.number}/fix`}>{props.words.correctNow}</LinkButton>
        </Buttons>
      ) : null}
    </section>
  );
}

function Holder({ detail, language, words }: NowProps): ReactNode {
  const ended = endWord(detail.status, words);
  if (ended !== null) return <p>{ended}</p>;
  const [first, ...others] = detail.duties;
  if (first === undefined) return null;
  if (others.length === 0) {
    return (
      <p>
        {words.nowBy} <b>{first.organisationName}</b> {first.stepName[language]}
        <Phone phone={first.phone} words={words} />
        {words.stop}
        <br />
        {words.noVisit}
      </p>
    );
  }
  return (
    <>
      <p>{words.nowBySeveral(detail.duties.length)}</p>
      <ul>
        {detail.duties.map((duty) => (
          <li key={duty.step}>
            <b>{duty.organisationName}</b> {duty.stepName[language]}
            <Phone phone={duty.phone} words={words} />
          </li>
        ))}
      </ul>
      <p>{words.noVisit}</p>
    </>
  );
}

/** A phone one can reach, kept on one line. */
function Phone({ phone, words }: { readonly phone: string | null; readonly words: CasePortalWords }): ReactNode {
  if (phone === null) return null;
  return (
    <>
      {words.comma}
      <a className="phone num" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
        {phone}
      </a>
    </>
  );
}

function endWord(status: CaseStatus, words: CasePortalWords): string | null {
  switch (status) {
    case "received":
    case "accepted":
      return null;
    case "correcting":
      return words.nowYou;
    case "not_accepted":
      return words.nowNotAccepted;
    case "granted":
      return words.nowGranted;
    case "refused":
      return words.nowRefused;
    case "delivered":
      return words.nowDelivered;
    case "closed":
      return words.nowClosed;
    case "withdrawn":
      return words.nowWithdrawn;
  }
}

/** Promised and legal date side by side while they run; before acceptance the date by which one is told. */
function datesOf({ detail, language, today, left, deducted, words }: NowProps): readonly Fact[] {
  const status = detail.status;
  const acceptBy = detail.duties.find((duty) => duty.kind === "accept")?.dueOn ?? null;
  if (status === "received" && acceptBy !== null) {
    return [
      { label: words.acceptBy, value: formatDay(acceptBy, language, today), note: leftWord(left.accept, words), late: isLate(left.accept) },
    ];
  }
  if (status !== "accepted") return [];
  const facts: Fact[] = [];
  const provisional = detail.provisional ? words.provisional : null;
  if (detail.promiseDue !== null) {
    const note = [leftWord(left.promise, words), provisional].filter(Boolean).join(words.comma);
    facts.push({ label: words.promise, value: formatDay(detail.promiseDue, language, today), note, late: isLate(left.promise) });
  }
  if (detail.legalDue !== null) {
    facts.push({
      label: words.legal,
      value: formatDay(detail.legalDue, language, today),
      note: deducted ?? leftWord(left.legal, words),
      late: isLate(left.legal),
    });
  }
  return facts;
}

function isLate(days: number | null): boolean {
  return days !== null && days < 0;
}

function leftWord(days: number | null, words: CasePortalWords): string | null {
  if (days === null) return null;
  if (days < 0) return words.overdue(-days);
  return days === 0 ? words.leftToday : words.left(days);
}

function Withdraw({ form, words }: { readonly form: FormFields; readonly words: CasePortalWords }): ReactNode {
  return (
    <Details summary={words.withdrawAsk}>
      <Form action="withdraw" form={form}>
        <p>{words.withdrawHint}</p>
        <Buttons>
          <Button quiet>{words.withdraw}</Button>
        </Buttons>
      </Form>
    </Details>
  );
}
