import { type TableColumnsType, Tabs } from "antd";
import type { ReactNode } from "react";
import { Link, useSearchParams } from "react-router";
import { DueTag } from "#kit/desk/due-tag.tsx";
import { useText } from "#kit/desk/language.tsx";
import { ListPage } from "#kit/desk/list-page.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { useReply } from "#kit/desk/use-reply.ts";
import { type DutyKindName, listWork, type WorkRow } from "#modules/cases/api.ts";
import { asLabel, useCaseNames, useCasesWords } from "./words.ts";

const kinds: readonly DutyKindName[] = ["accept", "review", "decide", "deliver", "close", "correct"];

/** The inbox, in the order in which time runs out; working days, counted by the server with the holiday calendar (ux D1). */
export function WorkPage(): ReactNode {
  const words = useCasesWords();
  const names = useCaseNames();
  usePageTitle(words.work.title);
  const [search, setSearch] = useSearchParams();
  const kind = kinds.find((one) => one === search.get("kind"));
  const after = search.get("after");
  const query = { ...(kind === undefined ? {} : { kind }), ...(after === null ? {} : { after }), limit: 50 };
  const { reply, problem, loading, reload } = useReply(listWork, { query });
  const ofKind = kind === undefined ? {} : { kind };
  const next = reply?.next ?? null;
  return (
    <ListPage<WorkRow>
      title={words.work.title}
      aside={<span className="small">{words.work.order}</span>}
      filters={
        <Tabs
          className="kinds"
          activeKey={kind ?? "all"}
          onChange={(key) => setSearch(key === "all" ? {} : { kind: key })}
          items={[{ key: "all", label: words.work.all }, ...kinds.map((key) => ({ key, label: asLabel(names.duties[key]) }))]}
        />
      }
      columns={useColumns()}
      rows={reply?.rows ?? null}
      rowKey={(row) => `${row.case} ${row.kind} ${row.step}`}
      loading={loading}
      problem={problem}
      reload={reload}
      empty={{ title: words.work.empty, hint: words.work.emptyHint }}
      toNext={next === null ? null : () => setSearch({ ...ofKind, after: next })}
      toFirst={after === null ? null : () => setSearch(ofKind)}
    />
  );
}

function useColumns(): TableColumnsType<WorkRow> {
  const words = useCasesWords();
  const text = useText();
  return [
    {
      title: words.work.due,
      key: "due",
      width: 270,
      render: (_, row) => <DueTag dueOn={row.dueOn} workdaysLeft={row.workdaysLeft} waitsForApplicant={row.kind === "correct"} />,
    },
    {
      title: words.work.item,
      key: "item",
      render: (_, row) => (
        <Link className="row-link" to={`/cases/${row.case}`}>
          {text(row.itemName)}
        </Link>
      ),
    },
    { title: words.work.applicant, dataIndex: "applicantName", key: "applicant", width: 120 },
    { title: words.work.step, key: "step", width: 140, render: (_, row) => text(row.stepName) },
    { title: words.work.organisation, dataIndex: "organisationName", key: "organisation" },
    { title: words.work.number, dataIndex: "number", key: "number", className: "number" },
  ];
}
