/* The application page of a signed-in user: joins the parts. */
"use strict";

(() => {
  const { api, categories, format, inbox, live, messages, ownFiles, people, session, upload, view } = Hubwire;
  const STATES = {
    connecting: "Connecting…",
    live: "Live",
    slow: "Live, but slow",
    reconnecting: "Reconnecting…",
    offline: "Offline",
    unavailable: "Not live: reload the page"
  };
  const TOAST_MS = 6000;
  const GATHER_MS = 300;

  let retryAt = 0;
  let gathered = [];
  let toastTimer = null;

  /* --- connection --- */

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

  /* --- arrivals --- */

  /** Tells of new files, several at once in one sentence. */
  function announce(item) {
    gathered.push(item);
    if (gathered.length === 1) {
      setTimeout(tellGathered, GATHER_MS);
    }
  }

  function tellGathered() {
    const [first, ...others] = gathered;
    gathered = [];
    const sentence = first.from.displayName + " shared " + first.fileName;
    const toast = view.byId("arrivals");
    toast.textContent = others.length
      ? sentence + ", and " + format.count(others.length, "more file", "more files") + " arrived"
      : sentence;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { toast.textContent = ""; }, TOAST_MS);
  }

  /* --- loading --- */

  /** Work that is done once: those who ask while it runs share it, and after a failure the next one tries again. */
  function once(work) {
    let running = null;
    return () => {
      running = running || work().catch(failure => {
        running = null;
        throw failure;
      });
      return running;
    };
  }

  const loadCategories = once(async () => {
    await categories.load();
    upload.showCategories();
  });

  const loadPeople = once(async () => {
    await loadCategories();
    messages.showPeople(await people.load());
  });

  /** After every start and reconnect: whatever was pushed in between is in the inbox. */
  async function refresh() {
    try {
      await loadCategories();
    } catch (unreachable) {
      // The inbox says so when it is loaded next; a category then goes by its id.
    }
    inbox.load();
    loadPeople().catch(people.showError);
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

  async function start() {
    const user = session.user();
    view.byId("account-name").textContent = user.displayName;
    view.showAvatar(view.byId("account-avatar"), user);
    view.byId("signout").addEventListener("click", signOut);
    view.byId("connection-retry").addEventListener("click", live.retryNow);
    setInterval(showWait, 1000);
    [inbox, ownFiles, upload, people, messages].forEach(part => part.init(announce));
    await refresh();
    live.open(session.token(), new URLSearchParams(location.search).get("transport"), {
      onState: showConnection,
      onReady: refresh,
      onFile: inbox.add,
      onText: messages.onText,
      onAnnouncement: messages.onAnnouncement,
      onRefused: () => session.leave("refused")
    });
  }

  if (session.token()) {
    start();
  } else {
    session.leave();
  }
})();
