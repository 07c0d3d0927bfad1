/* What the pages of a signed-in user have in common: who that is, and how the connection is. */
"use strict";

Hubwire.shell = (() => {
  const { api, live, session, view } = Hubwire;
  const STATES = {
    connecting: "Connecting…",
    live: "Live",
    slow: "Live, but slow",
    reconnecting: "Reconnecting…",
    offline: "Offline",
    unavailable: "Not live: reload the page"
  };
  let retryAt = 0;

  /** Runs the page, or leads to where one signs in. */
  function whenSignedIn(start) {
    if (session.token()) {
      start();
    } else {
      session.leave();
    }
  }

  function show() {
    const user = session.user();
    view.byId("account-name").textContent = user.displayName;
    view.showAvatar(view.byId("account-avatar"), user);
    view.byId("signout").addEventListener("click", signOut);
    view.byId("connection-retry").addEventListener("click", live.retryNow);
    setInterval(showWait, 1000);
  }

  /** hubs: as live.open() wants them. onReady is called after every start and reconnect, onState after each change. */
  function connect(hubs, onReady, onState = () => {}) {
    live.open(hubs, new URLSearchParams(location.search).get("transport"), {
      onReady,
      onState: state => {
        showConnection(state);
        onState(state);
      },
      onRefused: () => session.leave("refused")
    });
  }

  function showConnection({ name, transport, retryAt: at }) {
    view.byId("connection").dataset.state = name;
    document.querySelector("[data-testid=connection-state]").textContent = STATES[name];
    document.querySelector("[data-testid=connection-transport]").textContent = transport || "";
    view.byId("connection-retry").hidden = name !== "offline";
    retryAt = at || 0;
    showWait();
  }

  /** Outside of the live region: a countdown that is read out every second helps nobody. */
  function showWait() {
    const seconds = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
    view.byId("connection-wait").textContent = retryAt ? "retry in " + seconds + " s" : "";
  }

  async function signOut() {
    live.stop();
    try {
      await api.signOut();
    } catch (unreachable) {
      // Signing out must work without a server; the token then ends by itself.
    }
    session.leave("signed-out");
  }

  return { whenSignedIn, show, connect, showConnection };
})();
