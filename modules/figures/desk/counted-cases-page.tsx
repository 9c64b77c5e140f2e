import { Checkbox, type TableColumnsType } from "antd";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import type { QueryOf } from "#domain/endpoint.ts";
import { moment, shortDay } from "#kit/desk/dates.ts";
import { useToday } from "#kit/desk/desk-context.tsx";
import { DueTag } from "#kit/desk/due-tag.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import { ListPage } from "#kit/desk/list-page.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { useReply } from "#kit/desk/use-reply.ts";
import { type CountedCase, listCountedCases } from "#modules/figures/api.ts";
import { type FiguresDeskWords, useFiguresWords } from "./words.ts";

type Filters = QueryOf<typeof listCountedCases>;

/** The list behind a number of the leader's page: the filters stand in the address, the total equals the number. */
export function CountedCasesPage(): ReactNode {
  const words = useFiguresWords();
  usePageTitle(words.list.title);
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const { reply, problem, loading, reload } = useReply(listCountedCases, { query: { ...filters, limit: 50 } });
  const go = (after: string | null) => setSearch(withParam(search, "after", after));
  const next = reply?.next ?? null;
  return (
    <ListPage<CountedCase>
      title={words.list.title}
      aside={<Link to="/figures">{words.list.back}</Link>}
      filters={
        <FilterLine
          filters={filters}
          first={reply?.rows[0]}
          onOverdue={(on) => setSearch(withParam(search, "overdue", on ? "true" : null))}
        />
      }
      columns={useColumns()}
      rows={reply?.rows ?? null}
      rowKey={({ id }) => id}
      loading={loading}
      problem={problem}
      reload={reload}
      empty={{ title: words.list.empty, hint: words.list.emptyHint }}
      sum={reply === null ? "" : <Sum total={reply.total} asOf={reply.asOf} />}
      toNext={next === null ? null : () => go(next)}
      toFirst={search.has("after") ? () => go(null) : null}
    />
  );
}

/** The number that was opened, again: it counts this list. */
function Sum({ total, asOf }: { readonly total: number; readonly asOf: string }): ReactNode {
  const words = useFiguresWords();
  const { language } = useLanguage();
  const today = useToday();
  return (
    <>
      <b>{words.list.total(total)}</b> {words.asOf(moment(asOf, language, today))}
    </>
  );
}

function filtersOf(search: URLSearchParams): Filters {
  const { organisation, item, status, overdue, after } = Object.fromEntries(search);
  return {
    ...(organisation === undefined ? {} : { organisation }),
    ...(item === undefined ? {} : { item }),
    // The server refuses a status it does not know; the address is not to be trusted anyway.
    ...(status === undefined ? {} : { status: status as NonNullable<Filters["status"]> }),
    ...(overdue === "true" ? { overdue: true } : {}),
    ...(after === undefined ? {} : { after }),
  };
}

function withParam(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("after");
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next;
}

interface FilterLineProps {
  readonly filters: Filters;
  readonly first: CountedCase | undefined;
  readonly onOverdue: (on: boolean) => void;
}

function FilterLine({ filters, first, onOverdue }: FilterLineProps): ReactNode {
  const words = useFiguresWords();
  const text = useText();
  const { organisation, item, status, overdue } = filters;
  const parts = [
    organisation === undefined ? null : words.list.organisation(first?.organisationName ?? organisation),
    item === undefined ? null : words.list.item(first === undefined ? item : text(first.itemName)),
    status === undefined ? null : words.list.status(words.status[status]),
  ].filter((part) => part !== null);
  return (
    <>
      {parts.length === 0 ? <span>{words.list.all}</span> : null}
      {parts.map((part) => (
        <b key={part}>{part}</b>
      ))}
      {parts.length === 0 ? null : <Link to="/figures/cases">{words.list.all}</Link>}
      <Checkbox checked={overdue === true} onChange={(event) => onOverdue(event.target.checked)}>
        {words.list.onlyOverdue}
      </Checkbox>
    </>
  );
}

function useColumns(): TableColumnsType<CountedCase> {
  const words: FiguresDeskWords = useFiguresWords();
  const text = useText();
  const { language } = useLanguage();
  const today = useToday();
  return [
    {
      title: words.list.number,
      key: "number",
      className: "number",
      render: (_, row) => (
        <Link className="row-link" to={`/cases/${row.id}`}>
          {row.number}
        </Link>
      ),
    },
    { title: words.list.itemName, key: "item", render: (_, row) => text(row.itemName) },
    { title: words.list.organisationName, dataIndex: "organisationName", key: "organisation" },
    { title: words.list.statusName, key: "status", render: (_, row) => words.status[row.status] },
    { title: words.list.receivedOn, key: "receivedOn", render: (_, row) => shortDay(row.receivedOn, language, today) },
    {
      title: words.list.due,
      key: "due",
      render: (_, row) => <Due row={row} />,
    },
  ];
}

/** The promised day; overdue as the figures count it, so that list and number agree. */
function Due({ row: { dueOn, overdue } }: { readonly row: CountedCase }): ReactNode {
  const { language } = useLanguage();
  const today = useToday();
  if (overdue) return <DueTag dueOn={dueOn} />;
  return dueOn === null ? "—" : shortDay(dueOn, language, today);
}
