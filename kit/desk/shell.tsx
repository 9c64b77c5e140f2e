import { Button, Dropdown, Modal, Switch } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { NavLink, useLocation, useNavigate } from "react-router";
import { useDesk } from "./desk-context.tsx";
import { useLanguage } from "./language.tsx";
import { Logo } from "./logo.tsx";
import { useOpenTabs } from "./open-tabs.tsx";
import { capOf, deskKeys, type ShortcutName, singleKeysOn, turnSingleKeys, useShortcuts } from "./shortcuts.ts";
import { useDeskWords } from "./words.ts";

export interface ShellProps {
  readonly links: readonly { readonly to: string; readonly label: string; readonly end?: boolean }[];
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** The bar, and the page below it. The bar says whose desk this is, what is open, and how to leave. */
export function Shell({ links, onSignOut, children }: ShellProps): ReactNode {
  const words = useDeskWords();
  const [help, setHelp] = useState(false);
  useShortcuts({ help: () => setHelp(true) });
  return (
    <div className="desk-shell">
      <a className="skip vh" href="#main">
        {words.skip}
      </a>
      <header className="bar">
        <Brand />
        <nav className="bar-links" aria-label={words.navigation}>
          {links.map(({ to, label, end }) => (
            <NavLink key={to} to={to} end={end === true}>
              {label}
            </NavLink>
          ))}
        </nav>
        <TabStrip />
        <span className="grow" />
        <BarMenu onHelp={() => setHelp(true)} onSignOut={onSignOut} />
      </header>
      <Main>{children}</Main>
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** After a change of page the focus goes to its content, as it would after a page load. */
function Main({ children }: { readonly children: ReactNode }): ReactNode {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => main.current?.focus(), [pathname]);
  return (
    <main id="main" ref={main} tabIndex={-1}>
      {children}
    </main>
  );
}

function Brand(): ReactNode {
  const words = useDeskWords();
  const { person } = useDesk();
  return (
    <NavLink className="brand" to="/" end>
      <Logo />
      <span>
        {words.name} · {person?.organisationName ?? words.desk}
      </span>
    </NavLink>
  );
}

function TabStrip(): ReactNode {
  const words = useDeskWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { tabs, close } = useOpenTabs();
  if (tabs.length === 0) return null;
  return (
    <nav className="tabs" aria-label={words.openCases}>
      {tabs.map(({ path, label }) => (
        <span key={path} className={pathname === path ? "tab on" : "tab"}>
          <NavLink to={path} title={label}>
            {label}
          </NavLink>
          <button
            type="button"
            aria-label={words.closeTab(label)}
            onClick={() => {
              close(path);
              if (pathname === path) void navigate("/");
            }}
          >
            ×
          </button>
        </span>
      ))}
    </nav>
  );
}

function BarMenu({ onHelp, onSignOut }: { readonly onHelp: () => void; readonly onSignOut: () => void }): ReactNode {
  const words = useDeskWords();
  const { person } = useDesk();
  return (
    <div className="bar-menu">
      <LanguageSwitch />
      <button type="button" className="bar-button" onClick={onHelp} aria-label={words.help}>
        ?
      </button>
      {person === null ? null : (
        <Dropdown trigger={["click"]} menu={{ items: [{ key: "sign-out", label: words.signOut, onClick: onSignOut }] }}>
          <button type="button" className="bar-button">
            {person.name}{" "}
            <svg className="caret" viewBox="0 0 10 10" aria-hidden="true">
              <path d="M1 3h8L5 8Z" />
            </svg>
          </button>
        </Dropdown>
      )}
    </div>
  );
}

export function LanguageSwitch(): ReactNode {
  const words = useDeskWords();
  const { language, choose } = useLanguage();
  return (
    <button
      type="button"
      className="bar-button"
      lang={language === "zh" ? "en" : "zh-CN"}
      onClick={() => choose(language === "zh" ? "en" : "zh")}
    >
      {words.otherLanguage}
    </button>
  );
}

function HelpDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const words = useDeskWords();
  const close = (
    <Button type="primary" onClick={onClose}>
      {words.close}
    </Button>
  );
  return (
    <Modal open={open} onCancel={onClose} title={words.helpTitle} destroyOnHidden width={560} footer={close}>
      <KeyList />
      <SingleKeysSwitch />
      <p className="small">{words.helpHint}</p>
    </Modal>
  );
}

function KeyList(): ReactNode {
  const words = useDeskWords();
  const names = Object.keys(deskKeys) as ShortcutName[];
  return (
    <dl className="key-list">
      {names.map((name) => (
        <div key={name}>
          <dt>
            <kbd>{capOf(name)}</kbd>
          </dt>
          <dd>{words.keys[name]}</dd>
        </div>
      ))}
    </dl>
  );
}

function SingleKeysSwitch(): ReactNode {
  const words = useDeskWords();
  const [single, setSingle] = useState(singleKeysOn);
  function change(on: boolean): void {
    turnSingleKeys(on);
    setSingle(on);
  }
  return (
    <p className="switch-line">
      <span id="single-keys">{words.singleKeys}</span>
      <Switch
        aria-labelledby="single-keys"
        checked={single}
        checkedChildren={words.singleKeysOn}
        unCheckedChildren={words.singleKeysOff}
        onChange={change}
      />
    </p>
  );
}
