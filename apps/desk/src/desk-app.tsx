import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Navigate, Route, Routes, useNavigate } from "react-router";
import { newActKey } from "#kit/client/client.ts";
import { isProblem } from "#kit/client/problem-reply.ts";
import { type Desk, DeskProvider, useDesk } from "#kit/desk/desk-context.tsx";
import { Loading } from "#kit/desk/loading.tsx";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { Shell } from "#kit/desk/shell.tsx";
import { useReply } from "#kit/desk/use-reply.ts";
import { type Me, readMe, signOut } from "#modules/organisation/api.ts";
import { Pages } from "./pages.tsx";
import { createDesk } from "./ports.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { useAppWords } from "./words.ts";

/** The desk before anyone is known: one client and one clock for as long as the page lives. */
const nobody = createDesk();

/** Signs in, then shows the shell with its pages. Whoever is not known any more comes back here with the page to return to. */
export function DeskApp(): ReactNode {
  return (
    <DeskProvider value={nobody}>
      <Routes>
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="*" element={<SignedIn />} />
      </Routes>
    </DeskProvider>
  );
}

function SignedIn(): ReactNode {
  const desk = useDesk();
  const { reply, problem, reload } = useReply(readMe, {});
  const person = useMemo(() => (reply === null ? null : personOf(reply)), [reply]);
  const known = useMemo(() => ({ ...desk, person }), [desk, person]);
  // Not signed in: the client is already on its way to the sign-in page.
  if (problem !== null && problem.status !== 401) return <ProblemNotice problem={problem} reload={reload} />;
  if (reply === null) return <Loading reload={reload} />;
  if (reply.kind !== "officer") return <Navigate to="/sign-in?citizen" replace />;
  return (
    <DeskProvider value={known}>
      <Frame me={reply} />
    </DeskProvider>
  );
}

function Frame({ me }: { readonly me: Me }): ReactNode {
  const { client } = useDesk();
  const words = useAppWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const may = (permission: string) => me.grants.some((grant) => grant.permission === permission);
  async function leave(): Promise<void> {
    const answer = await client.call(signOut, { key: newActKey() });
    if (isProblem(answer) && answer.status !== 401) return;
    sessionStorage.clear();
    queries.clear();
    await navigate("/sign-in");
  }
  const links = [
    ...(may("case.read")
      ? [
          { to: "/", label: words.links.work, end: true },
          { to: "/cases", label: words.links.cases, end: true },
        ]
      : []),
    ...(may("figures.read") ? [{ to: "/figures", label: words.links.figures }] : []),
  ];
  return (
    <Shell links={links} onSignOut={() => void leave()}>
      <Pages start={may("case.read") ? "work" : "figures"} />
    </Shell>
  );
}

function personOf(me: Me): NonNullable<Desk["person"]> {
  return {
    id: me.id,
    name: me.name,
    organisation: me.organisation,
    organisationName: me.organisationName ?? "",
    permissions: me.grants.map(({ permission }) => permission),
  };
}
