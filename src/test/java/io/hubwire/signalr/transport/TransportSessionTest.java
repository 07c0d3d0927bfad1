package io.hubwire.signalr.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransportSessionTest {

    /** Others find it from the moment it is known, which is before its first request has entered. */
    @Test
    void session_onItsWayIn_isNotTakenForAway() {
        TransportSession session = new TransportSession("a", new Peer(Optional.empty(), "192.0.2.1"));

        assertThat(session.disconnectedAfter(0, Long.MAX_VALUE)).isFalse();
        assertThat(session.disconnectedBetweenPolls()).isFalse();
        assertThat(session.disconnectedWhileAway()).isFalse();
        assertThat(session.isOver()).isFalse();
    }
}
