"use strict";

// Says hello over the transport that the address names, and shows what comes back.
(() => {
    const wanted = new URLSearchParams(location.search).get("transport");
    if (wanted === "foreverFrame") {
        delete window.EventSource; // the client uses it only where there is nothing better
    }
    const guest = $.connection.guest;
    guest.client.message = text => $("<li>").text(text).appendTo("#messages");
    $.connection.hub.start({ transport: wanted })
        .then(() => guest.server.toAll("hello over " + $.connection.hub.transport.name))
        .fail(error => $("<li>").text(String(error)).appendTo("#messages"));
})();
