/* The operator's page: how the node is doing, and the button that drains it. */
"use strict";

(() => {
  const { clientsChart, format, live, session, shell, view } = Hubwire;
  const HUB = "operatorHub";
  const LEASE_MS = 60000; // the node stops telling those who have not asked for some minutes
  const FRESH = ["live", "slow"];
  const TOPICS = 10;

  let node = null;
  let isLive = false;

  /* --- words --- */

  const whole = number => number.toLocaleString("en");
  const rate = number => number.toLocaleString("en", { maximumFractionDigits: number < 100 ? 1 : 0 });
  const millis = number => (number < 1000 ? rate(number) + " ms" : rate(number / 1000) + " s");
  const age = number => (number < 60000 ? millis(number) : duration(number / 1000));
  const counted = (number, one, many) => whole(number) + " " + (number === 1 ? one : many);
  const messages = number => counted(number, "message", "messages");

  function duration(seconds) {
    const [days, hours, minutes] = [86400, 3600, 60].map(unit => Math.floor(seconds / unit));
    if (days > 0) {
      return days + " d " + (hours % 24) + " h";
    }
    return hours > 0 ? hours + " h " + (minutes % 60) + " min" : minutes > 0 ? minutes + " min" : Math.floor(seconds) + " s";
  }

  /* --- what is shown --- */

  function put(id, text) {
    const element = view.byId(id);
    if (element.textContent !== text) { // a live region would be read out again
      element.textContent = text;
    }
  }

  /** Rows stay, so that a selection in them does; cells: texts, or { instant }. Without rows there is no table. */
  function showRows(id, lines, textColumns = []) {
    const body = view.byId(id);
    (body.closest(".scroll") || body.closest("table")).hidden = lines.length === 0;
    while (body.rows.length > lines.length) {
      body.deleteRow(-1);
    }
    lines.forEach((texts, i) => {
      const row = body.rows[i] || body.insertRow();
      texts.forEach((text, j) => showCell(row.cells[j] || addCell(body, row, textColumns.includes(j)), text));
    });
  }

  /** Where there is no room for columns, each cell says by itself what it is. */
  function addCell(body, row, isText) {
    const cell = document.createElement(row.cells.length ? "td" : "th");
    if (!row.cells.length) {
      cell.scope = "row";
    }
    cell.dataset.label = body.closest("table").tHead.rows[0].cells[row.cells.length].textContent;
    cell.classList.toggle("text", isText);
    row.append(cell);
    return cell;
  }

  function showCell(cell, text) {
    if (text.instant) {
      const time = cell.firstElementChild || cell.appendChild(document.createElement("time"));
      view.showTime(time, text.instant);
    } else if (cell.textContent !== text) {
      cell.textContent = text;
    }
  }

  function show(status) {
    if (status.name !== node) {
      clientsChart.clear();
      node = status.name;
    }
    clientsChart.add([{ time: status.time, clients: openByTransport(status.clients) }]);
    showNode(status);
    showClients(status.clients);
    showHubs(status.hubs);
    showTopics(status.topics);
    showReaders(status.readers);
    showTrouble(status);
  }

  const openByTransport = clients => Object.fromEntries(clients.map(({ transport, open }) => [transport, open]));
  const sum = (clients, what) => clients.reduce((total, client) => total + client[what], 0);

  function showNode({ name, time, draining, uptimeSeconds, jvm, rates }) {
    put("node-name", name);
    showDraining(draining);
    put("node-time", new Date(time).toLocaleTimeString([], { hour12: false }));
    put("fact-to", rate(rates.toClients));
    put("fact-from", rate(rates.fromClients));
    put("fact-published", rate(rates.published));
    put("fact-errors", rate(rates.errors));
    put("fact-uptime", duration(uptimeSeconds));
    put("fact-since", "since " + format.exact(Date.parse(time) - uptimeSeconds * 1000));
    put("fact-heap", format.size(jvm.heapUsed));
    put("fact-heap-max", jvm.heapMax ? "of " + format.size(jvm.heapMax) : "not limited");
    put("fact-threads", whole(jvm.threads));
  }

  function showDraining(draining) {
    put("node-state", draining ? "Draining" : "In service");
    view.byId("node-state").dataset.state = draining ? "draining" : "serving";
    view.byId("drain").disabled = draining;
  }

  function showClients(clients) {
    put("fact-open", whole(sum(clients, "open")));
    put("fact-away", "open, " + whole(sum(clients, "away")) + " away");
    showRows("clients-rows", clients.map(({ transport, open, away }) => [transport, whole(open), whole(away)]));
    showSummary();
  }

  function showSummary() {
    put("clients-summary", view.byId("fact-open").textContent + " open now, at most " + whole(clientsChart.highest())
      + " in the time shown");
  }

  function showHubs(hubs) {
    view.byId("hubs-empty").hidden = hubs.length > 0;
    showRows("hubs-rows", hubs.map(hub => [hub.name, whole(hub.connections), whole(hub.calls), whole(hub.failed),
      whole(hub.running), hub.calls ? millis(hub.averageMillis) : "–"]));
  }

  function showTopics({ count, retainedBytes, largest }) {
    put("topics-text", count
      ? counted(count, "topic", "topics") + ", holding " + format.size(retainedBytes) + " for those who come back."
      : "No topics.");
    const holding = largest.filter(topic => topic.messages > 0).slice(0, TOPICS);
    showRows("topics-rows", holding.map(topic => [topic.name, whole(topic.subscribers), whole(topic.messages)]));
  }

  function showReaders({ behind, slowest }) {
    put("readers-text", behind
      ? counted(behind, "connection has", "connections have") + " messages waiting."
      : "No slow readers: everyone has what there is for them.");
    showRows("readers-rows", slowest.map(reader => [reader.user || "anonymous", reader.connectionId,
      reader.transport || "left", messages(reader.messages), format.size(reader.bytes), age(reader.ageMillis)]), [1, 2]);
  }

  function showTrouble({ gaps, refused, errors }) {
    put("gaps-text", gaps.count
      ? counted(gaps.count, "time", "times") + " since the start a connection fell behind what is kept, and missed "
        + messages(gaps.messages) + " in all."
      : "No gaps: nobody has missed a message.");
    view.byId("refused-empty").hidden = refused.length > 0;
    showRows("refused-rows", refused.map(({ limit, count }) => [limit, whole(count)]));
    view.byId("errors-empty").hidden = errors.length > 0;
    showRows("errors-rows", errors.map(error => [{ instant: error.last }, error.source, error.message, whole(error.count)]), [1, 2]);
  }

  function choose(chip) {
    view.byId("clients-spans").querySelectorAll("button").forEach(other => {
      other.setAttribute("aria-pressed", String(other === chip));
    });
    clientsChart.show(Number(chip.dataset.seconds));
    showSummary();
  }

  /* --- what is asked --- */

  /** After every start and reconnect, which may be to another node, and to go on being told. */
  async function watch() {
    try {
      const { points, now } = await live.call(HUB, "watch");
      show(now);
      clientsChart.add(points);
      showSummary();
      view.showText(view.byId("operator-error"), "");
    } catch (failure) {
      view.showText(view.byId("operator-error"), failure.message);
    }
  }

  async function drain() {
    await live.call(HUB, "drain");
    view.byId("drain-dialog").close();
    showDraining(true); // nothing else may be told any more: this page is sent elsewhere, too
  }

  function onState({ name }) {
    isLive = FRESH.includes(name);
    view.byId("main").dataset.fresh = String(isLive);
  }

  function start() {
    const dialog = view.byId("drain-dialog");
    view.byId("main").hidden = false;
    clientsChart.draw(view.byId("clients-chart"), ["webSockets", "serverSentEvents", "foreverFrame", "longPolling"]);
    view.byId("clients-spans").querySelectorAll("button").forEach(chip => {
      chip.addEventListener("click", () => choose(chip));
    });
    view.byId("drain").addEventListener("click", () => {
      view.showText(view.byId("drain-error"), "");
      dialog.showModal();
    });
    view.byId("drain-cancel").addEventListener("click", () => dialog.close());
    view.onClick(view.byId("drain-confirm"), view.byId("drain-error"), drain);
    setInterval(() => isLive && watch(), LEASE_MS);
    shell.connect({ [HUB]: { nodeStatus: show } }, watch, onState);
  }

  shell.whenSignedIn(() => {
    shell.show();
    if (session.hasRole("Operator")) {
      start();
      return;
    }
    view.byId("connection").hidden = true;
    view.byId("for-operators-name").textContent = session.user().displayName;
    view.byId("for-operators").hidden = false;
  });
})();
