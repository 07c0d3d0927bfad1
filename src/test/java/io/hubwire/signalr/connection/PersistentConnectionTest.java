package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.connection.PersistentConnectionFactory.Activation;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.protocol.JsonBinding;
import io.hubwire.signalr.security.UserIdProvider;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A persistent connection as its mapping uses it, and what it sends. */
class PersistentConnectionTest {
    private static final ConnectionGap GAP = new ConnectionGap(OptionalLong.of(3), 9, OptionalLong.of(6));

    private final List<String> published = new ArrayList<>();
    private final PersistentConnections connections =
            new PersistentConnections(new Publisher(), JsonBinding.standard(), TraceSources.unheard());
    private final ConnectionEndpoint endpoint =
            connections.endpoint(Told.class, PersistentConnectionFactory.reflective(), UserIdProvider.principalName());

    private final class Publisher implements SignalPublisher {
        @Override
        public CompletionStage<Void> publish(String signal, byte[] payload, Set<String> exclusions) {
            published.add(signal + " " + new String(payload, StandardCharsets.UTF_8) + " " + exclusions);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> join(String connectionId, String group) {
            published.add("+" + connectionId + " " + group);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> leave(String connectionId, String group) {
            published.add("-" + connectionId + " " + group);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<Void> disconnect(String connectionId) {
            throw new UnsupportedOperationException("nobody is disconnected here");
        }
    }

    /** Remembers what it was told. */
    public static final class Told extends PersistentConnection {
        private final List<Object> told = new ArrayList<>();

        @Override
        protected CompletionStage<?> onReconnected(HostRequest request, String connectionId) {
            told.add(gap());
            return null;
        }

        @Override
        protected CompletionStage<?> onGap(HostRequest request, String connectionId, ConnectionGap missed) {
            told.add(missed);
            return null;
        }

        @Override
        protected ConnectionIdResult tryGetConnectionId(
                HostRequest request, String connectionToken, ConnectionIdResult verdict) {
            return connectionToken.equals("mine") ? new ConnectionIdResult.Proven("of mine") : verdict;
        }

        void sendByHand() {
            connection();
        }
    }

    private static HostRequest request() {
        return (HostRequest) Proxy.newProxyInstance(
                HostRequest.class.getClassLoader(),
                new Class<?>[] {HostRequest.class},
                (proxy, method, arguments) -> Optional.empty());
    }

    private ConnectionRequest admitted(Optional<ConnectionGap> gap) {
        ConnectionEndpoint.Admission.Granted granted = (ConnectionEndpoint.Admission.Granted) endpoint.admit(request());
        return new ConnectionRequest(request(), "id", TransportKind.LONG_POLLING, granted.scope(), Map.of(), gap);
    }

    private static List<Object> told(ConnectionRequest request) {
        return ((Told) ((Activation) request.scope()).connection()).told;
    }

    /* --- as its mapping uses it --- */

    @Test
    void gap_isToldOnGapAndOnReconnected() {
        ConnectionRequest reconnect = admitted(Optional.of(GAP));

        endpoint.onGap(reconnect, GAP);
        endpoint.onReconnected(reconnect);

        assertThat(told(reconnect)).containsExactly(GAP, Optional.of(GAP));
    }

    @Test
    void reconnect_withoutLoss_hasNoGap() {
        ConnectionRequest reconnect = admitted(Optional.empty());

        assertThat(endpoint.onReconnected(reconnect).toCompletableFuture()).isCompleted();

        assertThat(told(reconnect)).containsExactly(Optional.empty());
    }

    @Test
    void request_eachOne_getsAnInstanceOfItsOwn() {
        assertThat(told(admitted(Optional.empty()))).isNotSameAs(told(admitted(Optional.empty())));
    }

    @Test
    void connectionId_isWhatTheHookSays() {
        Object scope = admitted(Optional.empty()).scope();
        ConnectionIdResult refused = new ConnectionIdResult.Refused(400, "no");

        assertThat(endpoint.tryGetConnectionId(request(), scope, "mine", refused))
                .isEqualTo(new ConnectionIdResult.Proven("of mine"));
        assertThat(endpoint.tryGetConnectionId(request(), scope, "other", refused))
                .isSameAs(refused);
    }

    @Test
    void groupsOfOtherTypes_areNotRejoined() {
        String own = "pcg-" + Told.class.getName() + ".room";

        assertThat(endpoint.rejoin(admitted(Optional.empty()), List.of("pcg-other.Type.room", own, "hg-Hub.room")))
                .containsExactly(own);
    }

    /** Notes that it was closed, and who was refused. */
    public static final class Closed extends PersistentConnection implements AutoCloseable {
        private static final List<Closed> CLOSED = new ArrayList<>();

        @Override
        protected boolean authorizeRequest(HostRequest request) {
            return request.header("X-Secret").isPresent();
        }

        @Override
        public void close() {
            CLOSED.add(this);
        }
    }

    @Test
    void instanceOfARefusedRequest_isDisposedOfAtOnce() {
        ConnectionEndpoint closed = connections.endpoint(
                Closed.class, PersistentConnectionFactory.reflective(), UserIdProvider.principalName());

        assertThat(closed.admit(request())).isInstanceOf(ConnectionEndpoint.Admission.Denied.class);

        assertThat(Closed.CLOSED).hasSize(1);
    }

    @Test
    void instance_madeByHand_saysWhatToUse() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Told().sendByHand())
                .withMessageStartingWith("The PersistentConnection is not initialized.")
                .withMessageContaining("connectionContext(Told.class)");
    }

    /* --- what it sends --- */

    @Test
    void sends_goToTheirSignalsSerializedOnce() {
        ConnectionContext context = connections.context(Told.class);
        String name = Told.class.getName();

        context.connection().broadcast("hey", "x");
        context.connection().send(List.of("a", "b"), 1);
        context.connection().send(new ConnectionMessage("news", null, Set.of("pc-other")));
        context.groups().send("room", ByteBuffer.wrap("{\"a\" : [1,\n2]}".getBytes(StandardCharsets.UTF_8)), "x");
        context.groups().send(List.of(), "nobody");
        context.groups().add("a", "");
        context.groups().remove("a", "room");

        assertThat(published)
                .containsExactly(
                        "pc-" + name + " \"hey\" [x]",
                        "c-a 1 []",
                        "c-b 1 []",
                        "news null [pc-other]",
                        "pcg-" + name + ".room {\"a\":[1,2]} [x]",
                        "+a pcg-" + name + ".",
                        "-a pcg-" + name + ".room");
    }

    @Test
    void buffer_thatIsNoJson_isRefusedBeforeAnybodyGetsIt() {
        Connection connection = connections.context(Told.class).connection();

        for (byte[] wrong : List.of(new byte[0], new byte[] {'{'}, new byte[] {'"', (byte) 0xC3, '"'})) {
            assertThatIllegalArgumentException().isThrownBy(() -> connection.broadcast(ByteBuffer.wrap(wrong)));
        }
        assertThat(published).isEmpty();
    }

    @Test
    void names_thatAreEmpty_areRefused() {
        ConnectionContext context = connections.context(Told.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.connection().send("", 1))
                .withMessage("Argument cannot be null or empty: connectionId");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.connection().broadcast(1, (String) null))
                .withMessage("Argument cannot be null or empty: excludedConnectionIds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.groups().send("", 1))
                .withMessage("Argument cannot be null or empty: groupName");
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionMessage("", 1));
    }
}
