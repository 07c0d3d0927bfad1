/* The CPU page: a persistent connection, a number, a chart. */
"use strict";

(() => {
  const { api, loadChart, session, view } = Hubwire;
  const TRANSPORTS = ["webSockets", "serverSentEvents", "longPolling"];
  const STATES = { connecting: "Connecting…", live: "Live", reconnecting: "Reconnecting…", offline: "Offline" };
  const RETRY_MS = 5000;
  const SPOKEN_EVERY_MS = 30000;
  const ROWS = 10;

  let connection;
  let transport;
  let stopped = false;
  let left = false;
  let attempts = 0;
  let retryTimer = null;
  let refusals = 0;
  let spokenAt = 0;

  /* --- what is shown --- */

  const percent = load => load.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 }) + " %";
  const words = load => (load === null ? "unknown" : percent(load));

  function show(item) {
    const load = typeof item.Usage === "number" ? item.Usage : null;
    const time = new Date(item.Time);
    loadChart.add(time, load);
    view.byId("load-number").textContent = load === null ? "–" : percent(load);
    view.byId("load-words").textContent = load === null ? "the server cannot tell its load" : "of all processors";
    showSummary();
    showRow(time, load);
    speak(load);
  }

  function showSummary() {
    const loads = loadChart.shown();
    const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
    view.byId("load-summary").textContent = loads.length
      ? "Average " + percent(mean) + ", highest " + percent(Math.max(...loads)) + " in the time shown"
      : "";
  }

  function showRow(time, load) {
    const row = document.createElement("tr");
    [time.toLocaleTimeString([], { hour12: false }), words(load)].forEach(text => {
      row.insertCell().textContent = text;
    });
    const rows = view.byId("load-rows");
    rows.prepend(row);
    while (rows.rows.length > ROWS) {
      rows.deleteRow(-1);
    }
  }

  /** Now and then: a number that is read out every second helps nobody. */
  function speak(load) {
    if (Date.now() - spokenAt >= SPOKEN_EVERY_MS) {
      spokenAt = Date.now();
      view.byId("load-spoken").textContent = "CPU load " + words(load);
    }
  }

  function choose(chip) {
    view.byId("load-spans").querySelectorAll("button").forEach(other => {
      other.setAttribute("aria-pressed", String(other === chip));
    });
    loadChart.show(Number(chip.dataset.seconds));
    showSummary();
  }

  /* --- connection --- */

  function listen() {
    const wanted = new URLSearchParams(location.search).get("transport");
    connection = $.connection("perfmon").received(show);
    connection.stateChanged(change => tellState(change.newState));
    connection.disconnected(retryLater);
    transport = TRANSPORTS.includes(wanted) ? wanted : TRANSPORTS;
    view.onLeave(leave, comeBack);
    connect();
  }

  /** With a ticket of its own for each start; a page that was asleep in between is refused once, which says nothing yet. */
  async function connect() {
    attempts += 1;
    const attempt = attempts;
    showState("connecting");
    const ticket = await api.connectTicket().catch(() => null);
    if (stopped || left || attempt !== attempts) {
      return;
    }
    if (ticket) {
      connection.qs = { ticket };
      startConnection();
    } else {
      retryLater();
    }
  }

  function startConnection() {
    connection.start({ transport }).done(() => {
      refusals = 0;
    }).fail(error => {
      const refused = [error.source, error.context].some(answer => answer && [401, 403].includes(answer.status));
      refusals += refused ? 1 : 0;
      if (refusals > 1) {
        session.leave("refused");
      } else {
        retryLater();
      }
    });
  }

  function tellState(state) {
    const states = $.signalR.connectionState;
    if (state === states.connecting) {
      showState("connecting");
    } else if (state === states.connected) {
      showState("live", connection.transport.name);
    } else if (state === states.reconnecting) {
      showState("reconnecting", connection.transport.name);
    }
  }

  function showState(name, transport) {
    view.byId("connection").dataset.state = name;
    document.querySelector("[data-testid=connection-state]").textContent = STATES[name];
    document.querySelector("[data-testid=connection-transport]").textContent = transport || "";
    view.byId("connection-retry").hidden = name !== "offline";
  }

  /** A failed start may come here twice: one retry is enough. */
  function retryLater() {
    if (retryTimer === null && !stopped && !left) {
      showState("offline");
      retryTimer = setTimeout(retryNow, RETRY_MS * (0.8 + Math.random() * 0.4));
    }
  }

  function retryNow() {
    clearTimeout(retryTimer);
    retryTimer = null;
    connect();
  }

  function leave() {
    left = true;
    end();
  }

  function comeBack() {
    left = false;
    if (!stopped) {
      connect();
    }
  }

  function end() {
    clearTimeout(retryTimer);
    retryTimer = null;
    connection.stop();
  }

  async function signOut() {
    stopped = true;
    end();
    try {
      await api.signOut();
    } catch (unreachable) {
      // Signing out must work without a server; the token then ends by itself.
    }
    session.leave("signed-out");
  }

  function start() {
    const user = session.user();
    view.byId("account-name").textContent = user.displayName;
    view.showAvatar(view.byId("account-avatar"), user);
    view.byId("signout").addEventListener("click", signOut);
    view.byId("connection-retry").addEventListener("click", retryNow);
    view.byId("load-spans").querySelectorAll("button").forEach(chip => {
      chip.addEventListener("click", () => choose(chip));
    });
    loadChart.draw(view.byId("load-chart"));
    listen();
  }

  if (session.token()) {
    start();
  } else {
    session.leave();
  }
})();
