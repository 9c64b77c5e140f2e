import { actorId } from "#domain/actor.ts";
import { isUuid } from "#domain/uuid.ts";
import { plainDateOf } from "#domain/plain-date.ts";
import { isRefusal, type Refusal } from "#domain/refusal.ts";
import type { Language } from "#domain/words.ts";
import { accountRefusals } from "#modules/accounts/api.ts";
import { Identify, Me } from "#modules/accounts/portal/me.tsx";
import { SignInCode, SignInPhone } from "#modules/accounts/portal/sign-in.tsx";
import { accountWords as en } from "#modules/accounts/words.en.ts";
import { accountWords as zh } from "#modules/accounts/words.zh.ts";
import { type ActionCall, localPath, missing, type Page, type PageCall, page, redirect, type Shown, show } from "#platform/page.tsx";
import { problemOfRefusal } from "#platform/problem.ts";
import { type AccountDeps, identifyAccount, requestCode, verifyCode } from "./commands.ts";
import { looksAt, maskedPeople, maskedPhoneOfCode } from "./queries.ts";
import { mostLooks } from "./routes.ts";

export function accountPages(deps: AccountDeps): readonly Page[] {
  return [signInPage(deps), signOutPage(), mePage(deps), identityPage(deps)];
}

function textOf(refusal: Refusal, language: Language): string {
  return problemOfRefusal(refusal, { statuses: accountRefusals, zh: zh.refusals, en: en.refusals }).texts[language];
}

function titles(language: Language): typeof en.titles {
  return language === "zh" ? zh.titles : en.titles;
}

/** A field as one text; a field sent twice or not at all is empty. */
function field({ fields }: ActionCall, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

/** Where to go after signing in; never out of this site. */
function nextOf(wanted: string | undefined): string {
  return localPath(wanted === "" ? undefined : wanted, "/me");
}

function signInPage(deps: AccountDeps): Page {
  return page({
    path: "/sign-in",
    access: "everyone",
    load: async (call) => {
      const next = nextOf(call.query["next"]);
      if (call.actor.kind === "citizen") return redirect(next);
      const request = call.query["request"];
      const maskedPhone = isUuid(request) ? await maskedPhoneOfCode(deps.db, request) : null;
      if (!isUuid(request) || maskedPhone === null) return phoneView(call, { phone: "", error: null, next });
      return codeView(call, { maskedPhone, error: null, next, request });
    },
    actions: { send_code: (call) => sendCode(deps, call), check_code: (call) => checkCode(deps, call) },
  });
}

async function sendCode(deps: AccountDeps, call: ActionCall) {
  const next = nextOf(field(call, "next"));
  const phone = field(call, "phone");
  const sent = await requestCode(deps, { phone, address: call.address, now: call.now });
  if (isRefusal(sent)) return phoneView(call, { phone, error: textOf(sent, call.language), next });
  return redirect(`/sign-in?request=${sent.request}&next=${encodeURIComponent(next)}`);
}

async function checkCode(deps: AccountDeps, call: ActionCall) {
  const next = nextOf(field(call, "next"));
  const request = field(call, "request");
  const maskedPhone = isUuid(request) ? await maskedPhoneOfCode(deps.db, request) : null;
  if (maskedPhone === null) return phoneView(call, { phone: "", error: textOf(expired, call.language), next });
  const found = await verifyCode(deps, { request, code: field(call, "code"), act: call.act });
  if (isRefusal(found)) return codeView(call, { maskedPhone, error: textOf(found, call.language), next, request });
  return redirect(next, { change: "sign-in", kind: "citizen", subject: found.id });
}

const expired: Refusal = { refused: "accounts.code_expired", params: {} };

function phoneView({ language, form }: PageCall, props: { phone: string; error: string | null; next: string }): Shown {
  return show({ title: titles(language).signIn, view: <SignInPhone language={language} form={form} {...props} /> });
}

function codeView(
  { language, form }: PageCall,
  props: { maskedPhone: string; error: string | null; next: string; request: string },
): Shown {
  return show({ title: titles(language).enterCode, view: <SignInCode language={language} form={form} {...props} /> });
}

/** Signing out changes something, so it is a form's act; whoever comes here by a link is led to where the form is. */
function signOutPage(): Page {
  return page({
    path: "/sign-out",
    access: "everyone",
    load: async ({ actor }) => redirect(actor.kind === "citizen" ? "/me" : "/"),
    actions: { sign_out: signOut },
  });
}

async function signOut() {
  return redirect("/", { change: "sign-out" });
}

function mePage(deps: AccountDeps): Page {
  return page({
    path: "/me",
    access: "citizen",
    load: async (call) => {
      const id = actorId(call.actor) ?? "";
      const [[person], looks] = await Promise.all([maskedPeople(deps.db, [id]), looksAt(deps.db, id, mostLooks)]);
      if (person === undefined) return missing();
      const { language, form } = call;
      const props = { language, form, today: plainDateOf(call.now), name: person.name, phone: person.phone ?? "", looks };
      return show({ title: titles(language).me, view: <Me {...props} /> });
    },
    actions: { sign_out: signOut },
  });
}

function identityPage(deps: AccountDeps): Page {
  return page({
    path: "/me/identity",
    access: "citizen",
    load: async (call) => identityView(call, { name: "", residentId: "", errors: [], next: nextOf(call.query["next"]) }),
    actions: {
      identify: async (call) => {
        const stated = { name: field(call, "name"), residentId: field(call, "residentId") };
        const next = nextOf(field(call, "next"));
        const done = await identifyAccount(deps, actorId(call.actor) ?? "", stated, call.act);
        if (!isRefusal(done)) return redirect(next);
        const name = done.refused === "accounts.name_invalid" ? "name" : "residentId";
        return identityView(call, { ...stated, errors: [{ name, message: textOf(done, call.language) }], next });
      },
    },
  });
}

interface IdentityProps {
  readonly name: string;
  readonly residentId: string;
  readonly errors: readonly { readonly name: string; readonly message: string }[];
  readonly next: string;
}

function identityView({ language, form }: PageCall, props: IdentityProps): Shown {
  return show({ title: titles(language).identity, view: <Identify language={language} form={form} {...props} /> });
}
