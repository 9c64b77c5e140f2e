/** The sign-in page that comes back to `path`, a path below `/desk`. */
export function signInPath(path: string): string {
  return path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`;
}

export function isSignInPath(path: string): boolean {
  return path === "/sign-in" || path.startsWith("/sign-in?");
}

/** Where to go after the sign-in: only below the desk, whatever the address says. */
export function nextPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next) || isSignInPath(next)) return "/";
  return next;
}
