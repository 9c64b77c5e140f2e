import { lazy, type ReactNode, Suspense } from "react";
import { Link, Navigate, Route, Routes } from "react-router";
import { Loading } from "#kit/desk/loading.tsx";
import { Pane, Panes } from "#kit/desk/panes.tsx";
import { useAppWords } from "./words.ts";

const WorkPage = lazy(async () => ({ default: (await import("#modules/cases/desk/work-page.tsx")).WorkPage }));
const CaseListPage = lazy(async () => ({ default: (await import("#modules/cases/desk/case-list-page.tsx")).CaseListPage }));
const CasePage = lazy(async () => ({ default: (await import("#modules/cases/desk/case-page.tsx")).CasePage }));
const FiguresPage = lazy(async () => ({ default: (await import("#modules/figures/desk/figures-page.tsx")).FiguresPage }));
const CountedCasesPage = lazy(async () => ({ default: (await import("#modules/figures/desk/counted-cases-page.tsx")).CountedCasesPage }));

/** Every page is its own file, loaded when first opened. A leader's start page is the figures. */
export function Pages({ start }: { readonly start: "work" | "figures" }): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/" element={start === "work" ? <WorkPage /> : <Navigate to="/figures" replace />} />
        <Route path="/cases" element={<CaseListPage />} />
        <Route path="/cases/:id" element={<CasePage />} />
        <Route path="/figures" element={<FiguresPage />} />
        <Route path="/figures/cases" element={<CountedCasesPage />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

function NotFound(): ReactNode {
  const words = useAppWords();
  return (
    <Panes layout="one">
      <Pane heading={1} title={words.notFound.title}>
        <p>{words.notFound.text}</p>
        <p>
          <Link to="/">{words.notFound.back}</Link>
        </p>
      </Pane>
    </Panes>
  );
}
