import { Button, Input, type InputRef, Select, type TableColumnsType } from "antd";
import { type ReactNode, useRef } from "react";
import { Link, useSearchParams } from "react-router";
import type { QueryOf } from "#domain/endpoint.ts";
import { urlOf } from "#kit/client/client.ts";
import { shortDay } from "#kit/desk/dates.ts";
import { useMay, useToday } from "#kit/desk/desk-context.tsx";
import { DueTag } from "#kit/desk/due-tag.tsx";
import { KeyCap } from "#kit/desk/key-cap.tsx";
import { useLanguage, useText } from "#kit/desk/language.tsx";
import { ListPage } from "#kit/desk/list-page.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { useShortcuts } from "#kit/desk/shortcuts.ts";
import { useReply } from "#kit/desk/use-reply.ts";
import { type CaseRow, exportCases, listCases } from "#modules/cases/api.ts";
import { caseStatuses } from "#modules/cases/law/state.ts";
import { OrganisationSelect } from "./organisation-select.tsx";
import { StatusTag } from "./status-tag.tsx";
import { asLabel, useCaseNames, useCasesWords } from "./words.ts";

type Filters = Omit<QueryOf<typeof listCases>, "limit">;

/** All cases in reach, newest first. The filters stand in the address, so a list can be kept and sent. */
export function CaseListPage(): ReactNode {
  const words = useCasesWords();
  usePageTitle(words.list.title);
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const { reply, problem, loading, reload } = useReply(listCases, { query: { ...filters, limit: 50 } });
  const change = (name: string, value: string | null) => setSearch(changed(search, name, value));
  const { status, organisation, item } = filters;
  const exported = urlOf(exportCases, { query: { status, organisation, item } });
  const next = reply?.next ?? null;
  return (
    <ListPage<CaseRow>
      title={words.list.title}
      aside={may("case.export") ? <a href={exported}>{words.list.export}</a> : undefined}
      filters={<FilterLine filters={filters} first={reply?.rows[0]} onChange={change} onClear={() => setSearch({})} />}
      columns={useColumns()}
      rows={reply?.rows ?? null}
      rowKey={({ id }) => id}
      loading={loading}
      problem={problem}
      reload={reload}
      empty={{ title: words.list.empty, hint: words.list.emptyHint }}
      toNext={next === null ? null : () => change("after", next)}
      toFirst={search.has("after") ? () => change("after", null) : null}
    />
  );
}

function filtersOf(search: URLSearchParams): Filters {
  const { organisation, item, number, after } = Object.fromEntries(search);
  const status = caseStatuses.find((one) => one === search.get("status"));
  return {
    ...(status === undefined ? {} : { status }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(item === undefined ? {} : { item }),
    ...(number === undefined ? {} : { number }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Another filter begins at the first page. */
function changed(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete("after");
  if (value === null || value === "") next.delete(name);
  else next.set(name, value);
  return next;
}

interface FilterLineProps {
  readonly filters: Filters;
  readonly first: CaseRow | undefined;
  readonly onChange: (name: string, value: string | null) => void;
  readonly onClear: () => void;
}

function FilterLine({ filters, first, onChange, onClear }: FilterLineProps): ReactNode {
  const words = useCasesWords();
  const names = useCaseNames();
  const text = useText();
  const { number, status, organisation, item } = filters;
  const filtered = [number, status, organisation, item].some((value) => value !== undefined);
  return (
    <>
      <NumberSearch key={number ?? ""} number={number ?? ""} onSearch={(value) => onChange("number", value)} />
      <div>
        <label htmlFor="status">{words.list.status}</label>
        <Select
          id="status"
          className="filter"
          allowClear
          placeholder={words.list.anyStatus}
          value={status ?? null}
          options={caseStatuses.map((one) => ({ value: one, label: asLabel(names.statuses[one]) }))}
          onChange={(value: string | null | undefined) => onChange("status", value ?? null)}
        />
      </div>
      <OrganisationSelect value={organisation ?? null} onChange={(value) => onChange("organisation", value)} />
      {item === undefined ? null : <b>{words.list.oneItem(first === undefined ? item : text(first.itemName))}</b>}
      {filtered ? (
        <Button type="link" onClick={onClear}>
          {words.list.clear}
        </Button>
      ) : null}
    </>
  );
}

function NumberSearch({ number, onSearch }: { readonly number: string; readonly onSearch: (number: string) => void }): ReactNode {
  const words = useCasesWords();
  const input = useRef<InputRef>(null);
  useShortcuts({ search: () => input.current?.focus() });
  return (
    <div>
      <label htmlFor="number">
        {words.list.number} <KeyCap name="search" />
      </label>
      <Input.Search
        id="number"
        ref={input}
        className="filter-wide"
        defaultValue={number}
        maxLength={50}
        placeholder={words.list.numberHint}
        enterButton={words.list.search}
        onSearch={(value) => onSearch(value.trim())}
      />
    </div>
  );
}

function useColumns(): TableColumnsType<CaseRow> {
  const words = useCasesWords();
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
    { title: words.list.item, key: "item", render: (_, row) => text(row.itemName) },
    { title: words.list.applicant, dataIndex: "applicantName", key: "applicant" },
    { title: words.list.organisation, dataIndex: "organisationName", key: "organisation" },
    { title: words.list.status, key: "status", render: (_, row) => <StatusTag status={row.status} /> },
    { title: words.list.receivedOn, key: "receivedOn", render: (_, row) => shortDay(row.receivedOn, language, today) },
    { title: words.list.due, key: "due", render: (_, row) => <RowDue row={row} /> },
  ];
}

function RowDue({ row }: { readonly row: CaseRow }): ReactNode {
  const words = useCasesWords();
  const finished = (["delivered", "closed", "withdrawn", "not_accepted"] as const).some((status) => status === row.status);
  const waitsForApplicant = row.status === "correcting";
  // The day in the row is that of the decision: before acceptance there is none, after the decision it is met or missed.
  if (row.status === "granted" || row.status === "refused") return <span className="small">{words.list.decided}</span>;
  if (row.dueOn === null && !finished && !waitsForApplicant) return <span className="small">{words.list.dueLater}</span>;
  return (
    <>
      <DueTag dueOn={row.dueOn} finished={finished} waitsForApplicant={waitsForApplicant} />
      {row.provisional && !finished ? <span className="small"> {words.list.provisional}</span> : null}
    </>
  );
}
