import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Endpoint, ReplyOf } from "#domain/endpoint.ts";
import type { CallInput } from "#kit/client/client.ts";
import { isProblem, type ProblemReply } from "#kit/client/problem-reply.ts";
import { useDesk } from "./desk-context.tsx";

export interface Reading<Reply> {
  readonly reply: Reply | null;
  readonly problem: ProblemReply | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Reads by an endpoint; the endpoint's name and what is asked are the key of the cache. */
export function useReply<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: { readonly keep?: boolean } = {},
): Reading<ReplyOf<E>> {
  const { client } = useDesk();
  const { data, isPending, refetch } = useQuery<ReplyOf<E> | ProblemReply>({
    queryKey: [endpoint.name, input],
    queryFn: ({ signal }) => client.call(endpoint, { ...input, signal }),
    ...(options.keep === true ? { placeholderData: keepPreviousData } : {}),
  });
  const problem = isProblem(data) ? data : null;
  return {
    reply: data === undefined || isProblem(data) ? null : data,
    problem,
    loading: isPending,
    reload: () => void refetch(),
  };
}
