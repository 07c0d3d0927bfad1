package io.hubwire.clients;

import java.util.List;

/** A client as the story needs it. Called from one thread; every method waits until it is done, and fails when that takes too long. */
interface StoryClient extends AutoCloseable {

    /** Connects, with a handler for {@code message(teller, text)} that keeps what is for its own teller. */
    void start();

    /** The wire name of the transport that it runs on. */
    String transport();

    /** Calls a method of the hub {@code story}; its result as text. */
    String invoke(String method, Object... arguments);

    /** The texts that its handler kept, oldest first. */
    List<String> received();

    /** Called when the network is back after a cut: returns when the client is connected again. */
    void comeBack();

    /** Ends the connection as an application does that is done with it. */
    void stop();

    /** Leaves nothing behind, whatever happened before. */
    @Override
    void close();
}
