import type { ReactNode } from "react";
import { Link } from "react-router";
import { moment } from "#kit/desk/dates.ts";
import { useToday } from "#kit/desk/desk-context.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import { Loading } from "#kit/desk/loading.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { Pane } from "#kit/desk/panes.tsx";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { type Reading, useReply } from "#kit/desk/use-reply.ts";
import { countCases, type FigureRow, type GroupedBy } from "#modules/figures/api.ts";
import type { ReplyOf } from "#domain/endpoint.ts";
import { useFiguresWords } from "./words.ts";

const groupings: readonly GroupedBy[] = ["organisation", "status", "item"];

/** The leader's page: every number says what it counts and as of when, and opens the list it counts. */
export function FiguresPage(): ReactNode {
  const words = useFiguresWords();
  usePageTitle(words.title);
  const organisations = useReply(countCases, { query: { by: "organisation" } });
  const statuses = useReply(countCases, { query: { by: "status" } });
  const items = useReply(countCases, { query: { by: "item" } });
  const readings = { organisation: organisations, status: statuses, item: items };
  return (
    <div className="figures-page">
      <FigureHead reading={organisations} />
      <div className="figures">
        {groupings.map((by) => (
          <FigurePane key={by} by={by} reading={readings[by]} />
        ))}
      </div>
    </div>
  );
}

type Figures = ReplyOf<typeof countCases>;

function FigureHead({ reading }: { readonly reading: Reading<Figures> }): ReactNode {
  const words = useFiguresWords();
  const text = useText();
  const { language } = useLanguage();
  const today = useToday();
  const { reply } = reading;
  return (
    <header className="figure-heads">
      <h1>{words.title}</h1>
      {reply === null ? null : (
        <>
          <p>
            {words.total}
            <Link className="figure" to="/figures/cases">
              {reply.total}
            </Link>
          </p>
          <p>
            {words.overdue}
            <Link className={reply.overdue === 0 ? "figure" : "figure no"} to="/figures/cases?overdue=true">
              {reply.overdue}
            </Link>
          </p>
          <p className="definition">
            <b>{words.definition}</b>
            {text(reply.definition)}
          </p>
          <p className="as-of">
            {words.asOf(moment(reply.asOf, language, today))}
            <br />
            {reply.sealedThrough === null ? words.notSealed : words.sealedThrough(moment(reply.sealedThrough, language, today))}
          </p>
        </>
      )}
    </header>
  );
}

function FigurePane({ by, reading }: { readonly by: GroupedBy; readonly reading: Reading<Figures> }): ReactNode {
  const words = useFiguresWords();
  return (
    <Pane title={words.by[by]} bare>
      {reading.problem === null ? null : <ProblemNotice problem={reading.problem} reload={reading.reload} />}
      {reading.loading ? <Loading reload={reading.reload} /> : null}
      {reading.reply === null ? null : <FigureTable by={by} rows={reading.reply.rows} total={reading.reply.total} />}
    </Pane>
  );
}

interface FigureTableProps {
  readonly by: GroupedBy;
  readonly rows: readonly FigureRow[];
  readonly total: number;
}

function FigureTable({ by, rows, total }: FigureTableProps): ReactNode {
  const words = useFiguresWords();
  if (rows.length === 0) {
    return (
      <div className="empty">
        <b>{words.none}</b>
        <p>{words.noneHint}</p>
      </div>
    );
  }
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{words.group[by]}</th>
          <th scope="col" className="count">
            {words.count}
          </th>
          <th scope="col" className="count">
            {words.overdue}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <FigureLine key={row.key} by={by} row={row} total={total} />
        ))}
      </tbody>
    </table>
  );
}

function FigureLine({ by, row, total }: { readonly by: GroupedBy; readonly row: FigureRow; readonly total: number }): ReactNode {
  const words = useFiguresWords();
  const text = useText();
  const list = `/figures/cases?${new URLSearchParams({ [by]: row.key }).toString()}`;
  return (
    <tr>
      <td>
        {text(row.name)}
        <meter className="bar-cell" min={0} max={Math.max(1, total)} value={row.count} aria-label={words.share} />
      </td>
      <td className="count">
        <Link to={list} aria-label={`${text(row.name)} ${words.count} ${row.count}`}>
          {row.count}
        </Link>
      </td>
      <td className="count">
        {row.overdue === 0 ? (
          0
        ) : (
          <Link className="no" to={`${list}&overdue=true`} aria-label={`${text(row.name)} ${words.overdue} ${row.overdue}`}>
            {row.overdue}
          </Link>
        )}
      </td>
    </tr>
  );
}
