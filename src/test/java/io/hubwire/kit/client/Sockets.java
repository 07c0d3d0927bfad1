package io.hubwire.kit.client;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;

/** Ways to end a TCP connection. */
final class Sockets {
    private static final System.Logger LOG = System.getLogger(Sockets.class.getName());

    private Sockets() {}

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "Closing a test connection failed", e);
        }
    }

    /** Ends the connection with RST in place of FIN, as a crashed peer or a torn cable would. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The test connection was closed already", e);
        }
        closeQuietly(socket);
    }
}
