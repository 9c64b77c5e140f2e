import type { ReactNode } from "react";
import type { FormFault } from "./error-summary.tsx";

export interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly children: ReactNode;
  readonly faults?: readonly FormFault[];
  /** For radio buttons: the label names the group, not one control. */
  readonly group?: boolean;
}

/** A label, its control, and what is wrong with it. */
export function Field({ id, label, children, faults = [], group }: FieldProps): ReactNode {
  const fault = faults.find(({ field }) => field === id);
  const error = fault === undefined ? null : <p className="field-error">{fault.text}</p>;
  if (group === true) {
    return (
      <fieldset className="field" id={id} tabIndex={-1}>
        <legend className="label">{label}</legend>
        {children}
        {error}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error}
    </div>
  );
}
