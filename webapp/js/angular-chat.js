/* The chat's lobby again, with AngularJS. */
"use strict";

(() => {
  const { session, shell, view } = Hubwire;
  const MOST_SHOWN = 200;
  const STATES = ["connecting", "live", "reconnecting", null, "offline"];

  angular.module("hubwire.chat", ["hubwire.hubs"])
    .value("hubToken", session.token)
    .controller("Lobby", ["$scope", "Hub", ($scope, Hub) => {
      const user = session.user();
      $scope.lines = [];

      const chat = new Hub("chatHub", {
        listeners: {
          addChatMessageToPage: message => add({ ...message, isOwn: message.user === user.name }),
          joined: (name, account) => add({ passing: name + " (@" + account + ") has joined" }),
          left: (name, account) => add({ passing: name + " (@" + account + ") has left" })
        },
        methods: ["join", "send"],
        rootPath: new URL("signalr", location.href).href,
        errorHandler: error => { $scope.error = error.message; }
      });

      function add(line) {
        $scope.lines.push(line);
        $scope.lines.splice(0, $scope.lines.length - MOST_SHOWN);
      }

      async function tell(work) {
        try {
          await work();
          $scope.error = "";
        } catch (failure) {
          $scope.error = failure.message;
        }
        $scope.$applyAsync();
      }

      const enter = () => tell(() => chat.join(user.displayName, "lobby"));
      const connect = () => chat.connect().then(enter, angular.noop);

      $scope.send = () => $scope.text && tell(async () => {
        const said = $scope.text;
        await chat.send(said);
        $scope.text = $scope.text === said ? "" : $scope.text;
      });

      chat.connection.stateChanged(change => {
        const name = STATES[change.newState];
        shell.showConnection({ name, transport: name === "live" ? chat.connection.transport.name : "" });
      });
      chat.connection.reconnected(enter);
      view.onLeave(chat.disconnect, connect);
      view.byId("connection-retry").addEventListener("click", connect);
      chat.promise.then(enter, angular.noop);
    }]);

  shell.whenSignedIn(() => {
    shell.show();
    angular.bootstrap(view.byId("lobby"), ["hubwire.chat"], { strictDi: true });
  });
})();
