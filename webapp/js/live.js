/* The live connection to the hubs of a page, and its way back after every interruption. */
"use strict";

Hubwire.live = (() => {
  // Without foreverFrame, unless it is asked for: it is for browsers that could not run this script.
  const TRANSPORTS = ["webSockets", "serverSentEvents", "longPolling"];
  const ON_DEMAND = [...TRANSPORTS, "foreverFrame"];
  const FIRST_RETRY_MS = 5000;
  const LONGEST_RETRY_MS = 60000;
  // The client warns once, at two thirds of the keep-alive timeout (20 s unless configured). In the rest of it the
  // connection either starts to reconnect or has recovered, of which there is no event.
  const SLOW_ENDS_MS = 10000;

  let hub;
  let listener;
  let transport;
  let failures = 0;
  let refusals = 0;
  let retryTimer = null;
  let slowTimer = null;
  let stopped = false;
  let left = false;
  let attempts = 0;

  /**
   * Connects, and stays connected until stop(). hubs: for each hub that the page needs, the functions that the server
   * calls, by name. wantedTransport: one of the client's names; anything else, such as "auto", tries them all, the best
   * first. The listener's functions:
   * onState({name, transport, retryAt}): connecting, live, slow, reconnecting, unavailable (the server's hub script did
   * not load), or offline with the time of the next try;
   * onReady(): after every start and reconnect, when something may have been missed;
   * onRefused(): the connection is refused, although the token is good.
   */
  function open(hubs, wantedTransport, events) {
    listener = events;
    transport = ON_DEMAND.includes(wantedTransport) ? wantedTransport : TRANSPORTS;
    const proxies = window.jQuery && jQuery.connection;
    if (!proxies || !Object.keys(hubs).every(name => proxies[name])) {
      listener.onState({ name: "unavailable" });
      return;
    }
    hub = proxies.hub;
    Object.keys(hubs).forEach(name => Object.assign(proxies[name].client, hubs[name]));
    hub.stateChanged(change => tellState(change.newState));
    hub.connectionSlow(tellSlow);
    hub.reconnected(() => listener.onReady());
    hub.disconnected(retryLater);
    window.addEventListener("online", retryNow);
    Hubwire.view.onLeave(leave, comeBack);
    connect();
  }

  /**
   * With a ticket of its own for each start: one is good for one connection, and for some seconds only. So a page that
   * was asleep in between is refused once, which says nothing yet. An old token leads away from here, to the sign-in page.
   */
  async function connect() {
    attempts += 1;
    const attempt = attempts;
    listener.onState({ name: "connecting" });
    const ticket = await Hubwire.api.connectTicket().catch(() => null);
    if (stopped || left || attempt !== attempts) {
      return;
    }
    if (ticket) {
      hub.qs = { ticket };
      start();
    } else {
      retryLater();
    }
  }

  function start() {
    hub.start({ transport }).done(() => {
      failures = 0;
      refusals = 0;
      listener.onReady();
    }).fail(error => {
      refusals += isRefusal(error) ? 1 : 0;
      if (refusals > 1) {
        listener.onRefused();
      } else {
        retryLater();
      }
    });
  }

  /** A negotiate request reports its response as the error's source, a start request as its context. */
  function isRefusal(error) {
    return [error.source, error.context].some(response => response && [401, 403].includes(response.status));
  }

  function tellState(state) {
    clearTimeout(slowTimer);
    const states = jQuery.signalR.connectionState;
    if (state === states.connecting) {
      listener.onState({ name: "connecting" });
    } else if (state === states.connected) {
      listener.onState({ name: "live", transport: hub.transport.name });
    } else if (state === states.reconnecting) {
      listener.onState({ name: "reconnecting", transport: hub.transport.name });
    }
  }

  function tellSlow() {
    listener.onState({ name: "slow", transport: hub.transport.name });
    clearTimeout(slowTimer);
    slowTimer = setTimeout(() => tellState(hub.state), SLOW_ENDS_MS);
  }

  /** A failed start may come here twice, by its own failure and by the disconnected event: one retry is enough. */
  function retryLater() {
    if (stopped || left || retryTimer) {
      return;
    }
    // Jitter spreads the clients of a server that has just come back.
    const jitter = 0.8 + Math.random() * 0.4;
    const delay = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures) * jitter;
    failures += 1;
    retryTimer = setTimeout(retryNow, delay);
    listener.onState({ name: "offline", retryAt: Date.now() + delay });
  }

  /** Does nothing unless a retry is due. */
  function retryNow() {
    if (retryTimer) {
      clearTimeout(retryTimer);
      retryTimer = null;
      connect();
    }
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

  function stop() {
    stopped = true;
    end();
  }

  function end() {
    clearTimeout(retryTimer);
    clearTimeout(slowTimer);
    retryTimer = null;
    if (hub) {
      hub.stop();
    }
  }

  /** Calls a method of a hub. async: without a connection it throws, which becomes a rejection like every other failure. */
  async function call(hubName, method, ...parameters) {
    return jQuery.connection[hubName].server[method](...parameters);
  }

  return { open, stop, retryNow, call };
})();
