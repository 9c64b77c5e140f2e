import { Button, Table, type TableColumnsType } from "antd";
import { type ReactNode, useRef } from "react";
import type { ProblemReply } from "#kit/client/problem-reply.ts";
import { Loading } from "./loading.tsx";
import { Pane, Panes } from "./panes.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { KeyCap } from "./key-cap.tsx";
import { useDeskWords } from "./words.ts";

export interface ListPageProps<Row extends object> {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly filters?: ReactNode;
  readonly columns: TableColumnsType<Row>;
  readonly rows: readonly Row[] | null;
  readonly rowKey: (row: Row) => string;
  readonly loading: boolean;
  readonly problem: ProblemReply | null;
  readonly reload: () => void;
  readonly empty: { readonly title: string; readonly hint: string };
  /** What stands left of the buttons in the foot, such as the total. */
  readonly sum?: ReactNode;
  /** Keyset paging: there is a next page, never a number of pages. */
  readonly toNext: (() => void) | null;
  readonly toFirst: (() => void) | null;
}

/** A list as a real table, 50 rows a page. J and K go from row to row by the link with class `row-link`; Enter opens it. */
export function ListPage<Row extends object>(props: ListPageProps<Row>): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useShortcuts({ next: () => step(box.current, 1), previous: () => step(box.current, -1) });
  return (
    <Panes layout="one">
      <Pane heading={1} bare title={props.title} aside={props.aside} foot={<ListFoot {...props} />}>
        {props.filters === undefined ? null : <div className="filters">{props.filters}</div>}
        <div ref={box}>
          <ListBody {...props} />
        </div>
      </Pane>
    </Panes>
  );
}

function ListBody<Row extends object>({ problem, reload, loading, rows, empty, columns, rowKey }: ListPageProps<Row>): ReactNode {
  if (problem !== null) return <ProblemNotice problem={problem} reload={reload} />;
  if (loading || rows === null) return <Loading reload={reload} />;
  if (rows.length === 0) {
    return (
      <div className="empty" role="status">
        <b>{empty.title}</b>
        <p>{empty.hint}</p>
      </div>
    );
  }
  return <Table<Row> columns={columns} dataSource={[...rows]} rowKey={rowKey} pagination={false} size="middle" />;
}

function ListFoot<Row extends object>({ rows, sum, toNext, toFirst }: ListPageProps<Row>): ReactNode {
  const words = useDeskWords();
  return (
    <div className="list-foot">
      <span>{sum ?? (rows === null ? "" : words.rowsShown(rows.length))}</span>
      <span className="hints" aria-hidden="true">
        <KeyCap name="next" /> {words.keys.next} <KeyCap name="previous" /> {words.keys.previous} <kbd>Enter</kbd> {words.enter}
      </span>
      <span className="grow" />
      <Button disabled={toFirst === null} onClick={() => toFirst?.()}>
        {words.firstPage}
      </Button>
      <Button disabled={toNext === null} onClick={() => toNext?.()}>
        {words.nextPage}
      </Button>
    </div>
  );
}

/** Moves the focus to the link of the next or the previous row; the first one if none has it. */
function step(box: HTMLElement | null, by: 1 | -1): void {
  const links = [...(box?.querySelectorAll<HTMLAnchorElement>("a.row-link") ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))];
  next?.focus();
}
