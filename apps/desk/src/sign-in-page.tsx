import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { ErrorSummary, type FormFault } from "#kit/desk/error-summary.tsx";
import { Field } from "#kit/desk/field.tsx";
import { LanguageSwitch } from "#kit/desk/shell.tsx";
import { Logo } from "#kit/desk/logo.tsx";
import { usePageTitle } from "#kit/desk/page-title.ts";
import { ProblemNotice } from "#kit/desk/problem-notice.tsx";
import { useAct } from "#kit/desk/use-act.ts";
import { useDeskWords } from "#kit/desk/words.ts";
import { signIn } from "#modules/organisation/api.ts";
import { nextPath } from "./return-path.ts";
import { useAppWords } from "./words.ts";

export function SignInPage(): ReactNode {
  const words = useAppWords();
  const desk = useDeskWords();
  const [search] = useSearchParams();
  usePageTitle(words.signIn.title);
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <p className="brand">
          <Logo />
          <span>
            {desk.name} · {desk.desk}
          </span>
        </p>
        <h1>{words.signIn.title}</h1>
        {search.has("citizen") ? <p className="notice">{words.signIn.citizen}</p> : null}
        <SignInForm next={nextPath(search.get("next"))} />
        <div className="sign-in-foot">
          <a href="/">{words.signIn.portal}</a>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}

function SignInForm({ next }: { readonly next: string }): ReactNode {
  const words = useAppWords();
  const { faults, busy, problem, submit } = useSignIn(next);
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit(userName.trim(), password);
      }}
    >
      <ErrorSummary faults={faults} />
      {problem === null ? null : <ProblemNotice problem={problem} />}
      <Field id="user-name" label={words.signIn.userName} faults={faults}>
        <Input
          id="user-name"
          autoComplete="username"
          autoFocus
          maxLength={60}
          value={userName}
          onChange={(event) => setUserName(event.target.value)}
        />
      </Field>
      <Field id="password" label={words.signIn.password} faults={faults}>
        <Input.Password
          id="password"
          autoComplete="current-password"
          maxLength={256}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Button type="primary" htmlType="submit" loading={busy}>
        {words.signIn.submit}
      </Button>
    </form>
  );
}

function useSignIn(next: string) {
  const words = useAppWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { act, busy, problem } = useAct();
  const [faults, setFaults] = useState<readonly FormFault[]>([]);
  async function submit(userName: string, password: string): Promise<void> {
    const found = [
      ...(userName === "" ? [{ field: "user-name", text: words.signIn.userNameMissing }] : []),
      ...(password === "" ? [{ field: "password", text: words.signIn.passwordMissing }] : []),
    ];
    setFaults(found);
    if (found.length > 0 || (await act(signIn, { body: { userName, password } })) === null) return;
    queries.clear(); // nothing that another person read stays in this browser window
    await navigate(next, { replace: true });
  }
  return { faults, busy, problem, submit };
}
