import type { ReactNode } from "react";
import { maskPhone } from "#domain/identifiers/masking.ts";
import type { Language } from "#domain/words.ts";
import type { Outbox, OutboxMessage } from "#platform/outbox.ts";
import { type Page, page, show } from "#platform/page.tsx";

const shownMost = 50;

/** `/outbox`, demo profile only: the messages that nobody received, so that whoever tries the system can read the sign-in code. */
export function outboxPage(outbox: Outbox): Page {
  return page({
    path: "/outbox",
    access: "everyone",
    load: async ({ language }) =>
      show({ title: words[language].title, view: <Messages messages={await outbox.latest(shownMost)} language={language} /> }),
  });
}

const words = {
  zh: {
    title: "发件箱（演示）",
    intro: "演示系统不发短信和邮件，都列在这里。登录验证码也在这里看。",
    none: "还没有消息。",
    states: { queued: "待发", sent: "已发", parked: "没发出" },
    channels: { sms: "短信", mail: "邮件", http: "接口" },
  },
  en: {
    title: "Outbox (demonstration)",
    intro: "The demonstration sends no texts and no mail; they are listed here. Read your sign-in code here.",
    none: "No messages yet.",
    states: { queued: "queued", sent: "sent", parked: "not sent" },
    channels: { sms: "Text", mail: "Mail", http: "Interface" },
  },
} as const;

function Messages({ messages, language }: { readonly messages: readonly OutboxMessage[]; readonly language: Language }): ReactNode {
  const text = words[language];
  return (
    <div className="stack">
      <h1>{text.title}</h1>
      <p>{text.intro}</p>
      {messages.length === 0 ? <p>{text.none}</p> : null}
      <ol className="plain stack">
        {messages.map(({ id, channel, recipient, content, state, createdAt }) => (
          <li key={id} className="card">
            <p className="muted small num">
              <time dateTime={createdAt.toISOString()}>{clockTime(createdAt)}</time> {text.channels[channel]}{" "}
              {channel === "sms" ? maskPhone(recipient) : recipient} {text.states[state]}
            </p>
            <p>{content}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}

const shanghai = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short", timeStyle: "medium" });

/** "2026-03-02 10:21:00" */
function clockTime(instant: Date): string {
  return shanghai.format(instant);
}
