/*
 * SignalR's hubs for AngularJS, made by hand: no generated script is needed.
 *
 *   angular.module("app", ["hubwire.hubs"]).controller("Chat", ["Hub", function (Hub) {
 *     const chat = new Hub("chatHub", {
 *       listeners: { addChatMessageToPage: message => … },   // what the server calls
 *       methods: ["send"],                                    // what it can be asked: chat.send("hello")
 *       rootPath: "https://other.example.com/signalr",        // default: /signalr of the page's own origin
 *       queryParams: { version: "1.0" },                      // sent with every request, beside the token
 *       transport: "longPolling",                             // or several, the best first
 *       logging: true,                                        // to the console
 *       errorHandler: error => …,                             // of the connection
 *       useSharedConnection: false                            // default: one connection for all hubs of a rootPath
 *     });
 *     chat.promise.then(() => chat.send("hello"));
 *   }]);
 */
"use strict";

angular.module("hubwire.hubs", [])
  .constant("$", window.jQuery)
  /* Gives the bearer token, or nothing. An application that keeps it elsewhere says so: .value("hubToken", () => …) */
  .value("hubToken", () => {
    const saved = JSON.parse(localStorage.getItem("authorizationData"));
    return saved ? saved.token : null;
  })
  .factory("Hub", ["$", "$q", "$rootScope", "hubToken", ($, $q, $rootScope, hubToken) => {
    const shared = new Map();
    const starts = new WeakMap();

    function connect(options) {
      const connection = options.rootPath
        ? $.hubConnection(options.rootPath, { useDefaultPath: false })
        : $.hubConnection();
      connection.qs = {};
      connection.disconnected(() => starts.delete(connection));
      return connection;
    }

    /** By root path: two servers are two connections, however they are shared. */
    function connectionFor(options) {
      if (options.useSharedConnection === false) {
        return connect(options);
      }
      const server = options.rootPath || "";
      if (!shared.has(server)) {
        shared.set(server, connect(options));
      }
      return shared.get(server);
    }

    function configure(connection, options) {
      const token = hubToken();
      Object.assign(connection.qs, token ? { Bearer: token } : {}, options.queryParams);
      connection.logging = connection.logging || Boolean(options.logging);
      if (options.errorHandler) {
        connection.error(error => $rootScope.$evalAsync(() => options.errorHandler(error)));
      }
    }

    /** At the end of this turn, so that hubs that are made together start together; the transport is the first one's. */
    function start(connection, transport) {
      if (!starts.has(connection)) {
        const started = Promise.resolve()
          .then(() => connection.start(transport ? { transport } : {}))
          .catch(failure => startedAnew(connection, started, failure));
        starts.set(connection, started);
      }
      return starts.get(connection);
    }

    /** A start that another one has replaced ends as that one does. */
    function startedAnew(connection, failed, failure) {
      const next = starts.get(connection);
      if (next && next !== failed) {
        return next;
      }
      starts.delete(connection);
      throw failure;
    }

    /** A connection receives for the hubs that had listeners when it started: one more hub means another start. */
    function subscribe(connection, proxy, listeners) {
      const isNew = Object.keys(listeners).length > 0 && !proxy.hasSubscriptions();
      if (isNew && connection.state !== $.signalR.connectionState.disconnected) {
        connection.stop();
      }
      Object.keys(listeners).forEach(event => {
        proxy.on(event, (...parameters) => $rootScope.$evalAsync(() => listeners[event](...parameters)));
      });
    }

    return function Hub(name, options = {}) {
      const connection = connectionFor(options);
      const proxy = connection.createHubProxy(name);

      configure(connection, options);
      subscribe(connection, proxy, options.listeners || {});

      this.connection = connection;
      this.proxy = proxy;
      this.on = (event, listener) => {
        subscribe(connection, proxy, { [event]: listener });
        return this.connect();
      };
      this.invoke = (method, ...parameters) => $q.when(proxy.invoke(method, ...parameters));
      this.connect = () => $q.when(start(connection, options.transport));
      this.disconnect = () => connection.stop();
      (options.methods || []).forEach(method => {
        this[method] = (...parameters) => this.invoke(method, ...parameters);
      });
      this.promise = this.connect();
      this.promise.catch(angular.noop); // The errorHandler hears of it.
    };
  }]);
