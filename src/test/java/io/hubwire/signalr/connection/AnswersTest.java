package io.hubwire.signalr.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.hosting.HostExchange;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.hosting.RequestRefusedException;
import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Limit;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.tracing.SourceName;
import io.hubwire.signalr.tracing.TraceSources;
import io.hubwire.signalr.transport.TransportKind;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static final Optional<String> NO_CALLBACK = Optional.empty();

    private final Metrics metrics = new Metrics();
    private final Answers answers = new Answers(metrics, TraceSources.unheard().of(SourceName.PERSISTENT_CONNECTION));
    private final List<String> told = new ArrayList<>();

    /** Writes down headers and the answer. */
    private HostExchange exchange(Principal user) {
        HostRequest request = (HostRequest) Proxy.newProxyInstance(
                HostRequest.class.getClassLoader(),
                new Class<?>[] {HostRequest.class},
                (proxy, method, arguments) -> Optional.ofNullable(user));
        return (HostExchange) Proxy.newProxyInstance(
                HostExchange.class.getClassLoader(),
                new Class<?>[] {HostExchange.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "request" -> request;
                    case "header" -> told.add(arguments[0] + ": " + arguments[1]);
                    default ->
                        told.add(arguments[0] + " " + arguments[1] + " "
                                + new String((byte[]) arguments[2], StandardCharsets.UTF_8));
                });
    }

    private void sent(TransportKind kind, Optional<String> callback, String json) {
        answers.sent(exchange(null), callback, kind, Optional.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void json_withACallback_isAScript() {
        answers.json(exchange(null), NO_CALLBACK, "{}");
        answers.json(exchange(null), Optional.of("back"), "{}");

        assertThat(told)
                .containsExactly(
                        "200 application/json; charset=UTF-8 {}",
                        "200 application/javascript; charset=UTF-8 back({});");
    }

    @Test
    void sent_isAnsweredAsItsTransportReadsIt() {
        sent(TransportKind.SERVER_SENT_EVENTS, Optional.of("back"), "\"<b>\"");
        sent(TransportKind.FOREVER_FRAME, NO_CALLBACK, "\"<b>\"");
        sent(TransportKind.LONG_POLLING, Optional.of("back"), "1");
        answers.sent(exchange(null), NO_CALLBACK, TransportKind.LONG_POLLING, Optional.empty());

        assertThat(told)
                .containsExactly(
                        "200 application/json; charset=UTF-8 \"<b>\"",
                        "200 application/json; charset=UTF-8 \"\\u003cb\\u003e\"",
                        "200 application/javascript; charset=UTF-8 back(1);",
                        "200 null ");
    }

    @Test
    void denied_is401ForNobody_and403ForSomebody() {
        answers.denied(exchange(null));
        answers.denied(exchange(() -> "alice"));

        assertThat(told).containsExactly("401 null ", "403 null ");
    }

    @Test
    void refused_forALimit_isCounted() {
        answers.refused(exchange(null), new RequestRefusedException(Limit.CONNECTIONS, 503, "full"));

        assertThat(told).containsExactly("503 null full");
        assertThat(metrics.refusals(Limit.CONNECTIONS)).isOne();
    }

    @Test
    void sentElsewhere_saysWhenToComeAgain() {
        answers.sentElsewhere(exchange(null), Duration.ofSeconds(7));

        assertThat(told).containsExactly("Retry-After: 7", "503 null The server is shutting down.");
    }

    @Test
    void failed_isCounted_andTheClientDoesNotHearHow() {
        answers.failed(exchange(null), "onReceived", new IllegalStateException("secret"));

        assertThat(told).containsExactly("500 null ");
        assertThat(metrics.value(Counter.ERRORS_ALL)).isOne();
    }
}
