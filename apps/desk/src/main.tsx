import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { LanguageProvider } from "#kit/desk/language.tsx";
import { OpenTabsProvider } from "#kit/desk/open-tabs.tsx";
import { DeskApp } from "./desk-app.tsx";
import { Look } from "./look.tsx";
import "virtual:desk-theme.css";
import "#kit/desk/desk.css";

/** Answers are values, also the bad ones, so a query never fails; the client itself repeats what a broken line lost. */
const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false } } });

const root = document.getElementById("desk");
if (root === null) throw new Error("index.html has no element with the id desk");
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <Look>
        <QueryClientProvider client={queries}>
          <BrowserRouter basename="/desk">
            <OpenTabsProvider>
              <DeskApp />
            </OpenTabsProvider>
          </BrowserRouter>
        </QueryClientProvider>
      </Look>
    </LanguageProvider>
  </StrictMode>,
);
