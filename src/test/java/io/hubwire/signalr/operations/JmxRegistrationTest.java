package io.hubwire.signalr.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import org.junit.jupiter.api.Test;

class JmxRegistrationTest {

    @Test
    void of_twoServersOfOneName_bothAreShownUntilTheyEnd() {
        JmxRegistration first = JmxRegistration.of(new Server("two, of=one*")).orElseThrow();
        JmxRegistration second = JmxRegistration.of(new Server("two, of=one*")).orElseThrow();

        assertThat(first.name()).hasToString("io.hubwire:type=SignalR,name=\"two, of=one\\*\"");
        assertThat(second.name()).hasToString("io.hubwire:type=SignalR,name=\"two, of=one\\*-2\"");
        first.close();
        first.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(first.name()))
                .isFalse();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(second.name()))
                .isTrue();
        second.close();
    }

    @Test
    void limitsOfTheApplication_areAttributes() throws Exception {
        Server server = new Server(new Metrics("shop", Set.of("Upload Size")));
        server.metrics().refused("Upload Size");

        try (JmxRegistration shown = JmxRegistration.of(server).orElseThrow()) {
            MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
            assertThat(jmx.getAttribute(shown.name(), "Limits Refused: Upload Size"))
                    .isEqualTo(1L);
            assertThat(jmx.getMBeanInfo(shown.name()).getAttributes())
                    .extracting(MBeanAttributeInfo::getName)
                    .contains("Limits Refused: Upload Size", "Limits Refused: Groups", "Errors: All/Sec")
                    .doesNotHaveDuplicates();
        }
    }

    private record Server(Metrics metrics) implements ServerOperations {

        Server(String name) {
            this(new Metrics(name));
        }

        @Override
        public CompletionStage<ServerSnapshot> snapshot() {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<DrainReport> drain(DrainOptions options) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<DrainReport> drain() {
            return drain(DrainOptions.DEFAULTS);
        }

        @Override
        public boolean isDraining() {
            return false;
        }

        @Override
        public Map<String, Double> rates() {
            return Map.of();
        }
    }
}
