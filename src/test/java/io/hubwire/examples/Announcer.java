package io.hubwire.examples;

import io.hubwire.signalr.hub.GlobalHost;

/** Calls clients from outside of a hub. */
final class Announcer {

    void announce(String text) {
        GlobalHost.connectionManager()
                .hubContext(ChatHub.class)
                .clients()
                .group("lobby")
                .invoke("message", "the house", text);
    }

    void announceToAll(String text) {
        GlobalHost.connectionManager()
                .connectionContext(Echo.class)
                .connection()
                .broadcast(text);
    }
}
