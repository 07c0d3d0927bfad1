package io.hubwire.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.CuttableLink;
import io.hubwire.kit.client.TestTransport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of the protocol over every transport (protocol §2.3, §17). */
class OldProtocolsIT {
    private static StoryHost host;

    @BeforeAll
    static void start() {
        host = StoryHost.start();
    }

    @AfterAll
    static void end() {
        host.close();
    }

    static Stream<Arguments> versions() {
        return Stream.of("1.2", "1.3", "1.4", "1.5", "2.0").flatMap(version -> Stream.of(TestTransport.values())
                .map(transport -> Arguments.of(version, transport)));
    }

    @ParameterizedTest(name = "protocol {0} over {1}")
    @MethodSource("versions")
    void story_isLived(String version, TestTransport transport) {
        String teller = "protocol " + version + " over " + transport.wireName();
        try (CuttableLink link = CuttableLink.to(host.port());
                ProtocolClient client = new ProtocolClient(link.port(), teller, version, transport)) {
            new Story(host, link, teller, transport.wireName()).tell(client);
            assertThat(client.negotiatedVersion()).isEqualTo(version);
        }
    }
}
