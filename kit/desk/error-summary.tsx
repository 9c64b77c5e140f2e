import { type ReactNode, useEffect, useRef } from "react";
import { useDeskWords } from "./words.ts";

export interface FormFault {
  /** The id of the control to mend. */
  readonly field: string;
  readonly text: string;
}

/** All faults of a form in one place, above it; takes the focus, and each leads to its control. */
export function ErrorSummary({ faults }: { readonly faults: readonly FormFault[] }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const words = useDeskWords();
  useEffect(() => {
    if (faults.length > 0) box.current?.focus();
  }, [faults]);
  if (faults.length === 0) return null;
  return (
    <div ref={box} className="notice notice-no" role="alert" tabIndex={-1}>
      <b>{words.errorSummary(faults.length)}</b>
      <ul>
        {faults.map(({ field, text }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
