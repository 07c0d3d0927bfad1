package io.hubwire.load;

import io.hubwire.signalr.hub.Hub;

/** Something to connect to, and to call. */
public class LoadHub extends Hub {

    /** Gives back what it gets. */
    public String echo(String text) {
        return text;
    }
}
