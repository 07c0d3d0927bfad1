package io.hubwire.load;

import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;

/**
 * Answers a call with the bytes that Hubwire would, sent without blocking, one send in flight a session. It looks for two brackets, and neither parses nor
 * dispatches, nor does it bound what one client may have under way.
 */
@ServerEndpoint("/echo")
public final class BareEcho {
    private static final String BEFORE_TEXT = "\"A\":[";
    private static final String BEHIND_TEXT = "],\"I\":";

    private BareSockets.Peer peer;

    /** As on Hubwire's sockets. */
    @OnOpen
    public void onOpen(Session session) {
        session.setMaxIdleTimeout(0);
        peer = new BareSockets.Peer(session);
    }

    /** Sends the answer to a call of {@link SwarmClient.Caller}. */
    @OnMessage
    public void onCall(String call) {
        int text = call.indexOf(BEFORE_TEXT) + BEFORE_TEXT.length();
        int behind = call.indexOf(BEHIND_TEXT, text);
        String id = call.substring(behind + BEHIND_TEXT.length(), call.length() - 1);
        peer.send("{\"R\":" + call.substring(text, behind) + ",\"I\":\"" + id + "\"}");
    }

    /** A peer that leaves is no error of the measurement. */
    @OnError
    public void onError(Throwable failure) {}
}
