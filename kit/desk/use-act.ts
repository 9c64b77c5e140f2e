import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Endpoint, ReplyOf } from "#domain/endpoint.ts";
import { type CallInput, newActKey } from "#kit/client/client.ts";
import { isOpen, isProblem, type ProblemReply } from "#kit/client/problem-reply.ts";
import { useDesk } from "./desk-context.tsx";

export interface Acting {
  readonly act: <E extends Endpoint>(endpoint: E, input: CallInput<E>) => Promise<ReplyOf<E> | null>;
  readonly busy: boolean;
  readonly problem: ProblemReply | null;
  readonly forget: () => void;
}

/**
 * Performs an act once. While its outcome is unknown the same act keeps its key, so that pressing again is answered and not done
 * twice; any other act, or any answer, ends that. After a success everything that was read is read again.
 */
export function useAct(): Acting {
  const { client } = useDesk();
  const queries = useQueryClient();
  const open = useRef<{ readonly what: string; readonly key: string } | null>(null);
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemReply | null>(null);

  async function act<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ReplyOf<E> | null> {
    if (running.current) return null; // a second press of the same key
    running.current = true;
    setBusy(true);
    setProblem(null);
    const what = JSON.stringify([endpoint.name, input]);
    const key = open.current?.what === what ? open.current.key : newActKey();
    open.current = { what, key };
    const answer = await client.call(endpoint, { ...input, key });
    running.current = false;
    setBusy(false);
    if (isProblem(answer)) {
      setProblem(answer);
      if (!isOpen(answer)) open.current = null;
      return null;
    }
    open.current = null;
    await queries.invalidateQueries();
    return answer;
  }

  return { act, busy, problem, forget: () => setProblem(null) };
}
