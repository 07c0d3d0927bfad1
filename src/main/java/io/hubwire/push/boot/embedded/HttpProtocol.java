package io.hubwire.push.boot.embedded;

import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 whose WebSockets do not hold the request that they began with. Tomcat leaves a socket with the input buffer of its last request, and so with all that request's
 * buffers, 110 KB each: that counts once a request object is not used for others any more, as when a thousand polls have been answered at a time.
 */
final class HttpProtocol extends Http11NioProtocol {

    /** The socket has another reader from now on. */
    @Override
    protected Processor createUpgradeProcessor(SocketWrapperBase<?> socket, UpgradeToken upgradeToken) {
        socket.setAppReadBufHandler(ApplicationBufferHandler.EMPTY);
        return super.createUpgradeProcessor(socket, upgradeToken);
    }
}
