package io.hubwire.signalr.hosting;

/**
 * One request and the one way in which it is answered: {@link #respond}, {@link #stream} or {@link #upgrade}, whichever comes first;
 * a second one throws {@link IllegalStateException}. An exchange that is never answered is ended by the host with status 500
 * when its handler throws, and otherwise stays open until the handler's owner answers it.
 */
public interface HostExchange {

    HostRequest request();

    /** Adds a header to the answer; before the answer is begun. */
    void header(String name, String value);

    /**
     * Answers as a whole, without blocking. Callable from any thread.
     *
     * @param status an HTTP status
     * @param contentType the Content-Type header, or null for none
     * @param body may be empty
     */
    void respond(int status, String contentType, byte[] body);

    /**
     * Begins a streamed answer with status 200: headers are flushed at once, then the body is written piece by piece. Callable from any thread.
     *
     * @param contentType the Content-Type header
     * @param listener is told of completed and failed writes
     */
    HostStream stream(String contentType, HostStream.Listener listener);

    /**
     * Switches to WebSocket. Only during {@link HostHandler#handle}, on its thread: a refusal must still be possible as an HTTP status
     * before this call, and the 101 is sent by it.
     *
     * @throws IllegalStateException when the request asks for no upgrade
     */
    void upgrade(HostSocket.Listener listener);
}
