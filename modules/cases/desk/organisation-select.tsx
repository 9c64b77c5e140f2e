import { Select } from "antd";
import type { ReactNode } from "react";
import { useMay } from "#kit/desk/desk-context.tsx";
import { useText } from "#kit/desk/language.tsx";
import { useReply } from "#kit/desk/use-reply.ts";
import { listUnits } from "#modules/organisation/api.ts";
import { useCasesWords } from "./words.ts";

export interface OrganisationSelectProps {
  readonly value: string | null;
  readonly onChange: (organisation: string | null) => void;
}

/** Departments decide on cases; their sections and the service stations do not. Not shown to who may not list organisations. */
export function OrganisationSelect(props: OrganisationSelectProps): ReactNode {
  return useMay()("organisation.read") ? <DepartmentSelect {...props} /> : null;
}

function DepartmentSelect({ value, onChange }: OrganisationSelectProps): ReactNode {
  const words = useCasesWords();
  const text = useText();
  const { reply, loading } = useReply(listUnits, { query: { kind: "department", limit: 500 } });
  return (
    <div>
      <label htmlFor="organisation">{words.list.organisation}</label>
      <Select
        id="organisation"
        className="filter-wide"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        loading={loading}
        placeholder={words.list.anyOrganisation}
        value={value}
        options={(reply?.rows ?? []).map(({ id, name }) => ({ value: id, label: text(name) }))}
        onChange={(chosen: string | null | undefined) => onChange(chosen ?? null)}
      />
    </div>
  );
}
