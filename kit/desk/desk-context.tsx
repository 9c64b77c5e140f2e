import { createContext, useContext } from "react";
import type { PlainDate } from "#domain/plain-date.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import type { Client } from "#kit/client/client.ts";

/** Who sits at the desk. What a person may do only chooses what is shown; the server asks again at every call. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
  readonly organisationName: string;
  readonly permissions: readonly string[];
}

export interface Desk {
  readonly client: Client;
  /** The server's time: clocks of office computers go wrong, and a due day must not. */
  readonly now: () => Date;
  readonly person: Person | null;
}

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("useDesk outside of DeskProvider");
  return desk;
}

/** Today in China, by the server's clock. */
export function useToday(): PlainDate {
  return plainDateOf(useDesk().now());
}

/** Whether the person at the desk holds a permission anywhere. */
export function useMay(): (permission: string) => boolean {
  const { person } = useDesk();
  return (permission) => person?.permissions.includes(permission) ?? false;
}
