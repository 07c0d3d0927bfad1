package io.hubwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.config.WebConfig;
import io.hubwire.signalr.config.WebConfig.ConnectionMapping;
import io.hubwire.signalr.config.WebConfig.HubMapping;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.hub.HubRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path EXAMPLES = Path.of("src/test/java/io/hubwire/examples");
    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void javaOfTheReadme_standsInAnExampleThatIsCompiled() throws IOException {
        List<String> examples = sources();

        List<String> shown = JAVA.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(shown).hasSizeGreaterThanOrEqualTo(6).allSatisfy(code -> assertThat(examples)
                .anyMatch(source -> source.contains(code)));
    }

    @Test
    void filesNamedInTheReadme_exist() throws IOException {
        List<String> links = Pattern.compile("\\]\\(([^)#]+)\\)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(links).isNotEmpty().allSatisfy(link -> assertThat(Path.of(link))
                .exists());
    }

    @Test
    void webConfigsOfTheReadme_areRead() throws IOException {
        List<WebConfig> configs = Pattern.compile("```xml\\n(<configuration>.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> webConfig(match.group(1)))
                .toList();

        assertThat(configs).hasSize(2);
        assertThat(configs.get(1).rules())
                .extracting(PathRule::path)
                .containsExactly("/signalr", "/admin", "/admin/help");
        WebConfig config = configs.get(0);
        assertThat(config.hubs()).containsExactly(new HubMapping("/signalr", HubConfiguration.defaults()));
        assertThat(config.connections())
                .containsExactly(new ConnectionMapping("/echo", Echo.class, ConnectionConfiguration.defaults()));
    }

    private static WebConfig webConfig(String xml) {
        return WebConfig.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                "README.md",
                ReadmeTest.class.getClassLoader());
    }

    @Test
    void exampleHub_isAHub() {
        assertThat(HubRegistry.of(List.of(ChatHub.class)).find("chat")).isPresent();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(ReadmeTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
