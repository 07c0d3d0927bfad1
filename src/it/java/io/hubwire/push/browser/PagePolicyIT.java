package io.hubwire.push.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.boot.embedded.EmbeddedTomcat;
import io.hubwire.push.boot.embedded.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser holds our pages to the policy that they come with, and has nothing to complain of. */
@Tag("browser")
class PagePolicyIT {

    /** Keeps what the browser has found against the policy, in the page and in frames of our own; with that no forever frame would be tried. */
    private static final String WATCH = """
            window.violations = [];
            document.addEventListener("securitypolicyviolation", event => window.top.violations.push(
                event.violatedDirective + " " + event.blockedURI + " in " + event.documentURI + " by " + event.sourceFile));
            """;

    private static final String WITHOUT_EVENT_SOURCE = "delete window.EventSource;";

    @TempDir
    Path directory;

    private EmbeddedTomcat server;
    private Person operator;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedTomcat.start(ServerOptions.onFreePort(directory.resolve("data")));
        operator = Person.at(server.uri(), "operator", directory).withScript(WATCH + WITHOUT_EVENT_SOURCE);
    }

    @AfterEach
    void stop() {
        operator.close();
        server.close();
    }

    @Test
    void pages_all_keepToThePolicy_andAForeverFrameLivesInIt() throws IOException {
        operator.signIn();
        for (String page : pages()) {
            operator.load(page);
            assertThat(operator.policyViolations()).as(page).isEmpty();
        }
        operator.open("foreverFrame");
        assertThat(operator.transport()).contains("foreverFrame");
        assertThat(operator.policyViolations()).isEmpty();

        operator.run("document.body.setAttribute('style', 'color: red')"); // what is against it is seen
        operator.awaitPolicyViolation("style-src-attr");
    }

    private static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("webapp"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }
}
