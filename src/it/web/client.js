/*
 * One client of jquery.signalR, as the query string wants it: signalr and jquery (versions), hubs (where they are mapped), transport,
 * teller (the name it goes by), jsonp (true), without (what the browser shall not have). Does what the page around it orders.
 */
"use strict";

const wanted = new URLSearchParams(location.search);
const teller = wanted.get("teller");
const received = [];
const mistakes = [];

window.addEventListener("error", event => mistakes.push(event.message || "not loaded: " + event.target.src), true);

if (wanted.has("without")) {
  delete window[wanted.get("without")];
}
for (const address of [
  `/npm/jquery-${wanted.get("jquery")}/dist/jquery.js`,
  `/npm/signalr-${wanted.get("signalr")}/jquery.signalR.js`,
  `${wanted.get("hubs")}/hubs`
]) {
  document.write(`<script src="${address}"></script>`);
}

const orders = {
  start() {
    const hub = $.connection.hub;
    hub.url = wanted.get("hubs");
    hub.qs = { teller };
    hub.error(error => mistakes.push(error.message));
    $.connection.story.client.message = (to, text) => {
      if (to === teller) {
        received.push(text);
      }
    };
    return hub.start({ transport: wanted.get("transport"), jsonp: wanted.get("jsonp") === "true" }).then(() => null);
  },
  invoke: (method, ...parameters) => $.connection.story.server[method](...parameters),
  look: () => ({
    versions: `${$.signalR.version} ${$.fn.jquery}`,
    state: Object.keys($.signalR.connectionState).find(name => $.signalR.connectionState[name] === $.connection.hub.state),
    transport: $.connection.hub.transport && $.connection.hub.transport.name,
    received,
    mistakes
  }),
  stop: () => { $.connection.hub.stop(); }
};

window.addEventListener("message", async event => {
  const { id, name, parameters } = event.data;
  const answer = { id };
  try {
    answer.value = await orders[name](...parameters);
  } catch (error) {
    answer.failure = [error.message || String(error), ...mistakes].join("; ");
  }
  parent.postMessage(answer, "*");
});

window.addEventListener("load", () => parent.postMessage({ id: `${teller} is there` }, "*"));
