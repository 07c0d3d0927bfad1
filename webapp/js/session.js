/* Who is signed in on this page, and the way to and from the sign-in page. Loaded first: opens the namespace. */
"use strict";

window.Hubwire = {};

Hubwire.session = (() => {
  // sessionStorage, not localStorage: each tab has its own user (and signs out alone), the token ends with the tab,
  // and a token that is never a cookie cannot be used by another site's request.
  const KEY = "hubwire.session";
  let leaving = false;

  function read() {
    try {
      const saved = JSON.parse(sessionStorage.getItem(KEY));
      return saved && saved.expiresAt > Date.now() ? saved : null;
    } catch (unreadable) {
      return null;
    }
  }

  /** Remembers the answer of the token endpoint for this tab. */
  function open(answer) {
    const expiresAt = Date.now() + answer.expires_in * 1000;
    sessionStorage.setItem(KEY, JSON.stringify({ token: answer.access_token, user: answer.user, expiresAt }));
  }

  function hasRole(role) {
    const { user } = read() || {};
    return Boolean(user && user.roles && user.roles.includes(role));
  }

  /**
   * Forgets the token and goes to the sign-in page, which explains the reason ("expired", "refused", "signed-out",
   * or none) and leads back to this page. Only the first call counts: several requests may fail together.
   */
  function leave(reason) {
    if (leaving) {
      return;
    }
    leaving = true;
    sessionStorage.removeItem(KEY);
    const query = new URLSearchParams({ return: location.pathname.split("/").pop() + location.search });
    if (reason) {
      query.set("reason", reason);
    }
    location.replace("signin.html?" + query);
  }

  /** The page to return to: one of this application, whatever the address bar was made to say. */
  function returnTo(wanted) {
    const home = new URL(".", location.href).href;
    try {
      const target = new URL(wanted || "index.html", home).href;
      return target.startsWith(home) ? target : home + "index.html";
    } catch (malformed) {
      return home + "index.html";
    }
  }

  return {
    open,
    leave,
    returnTo,
    token: () => (read() || {}).token || null,
    user: () => (read() || {}).user || null,
    /** For what is shown; the server decides what is allowed. */
    hasRole
  };
})();
