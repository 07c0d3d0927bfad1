package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    private int check(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("web.config"), List.of(lines));
        return ConfigCheck.run(stream(out), stream(err), Path.of("missing"), Optional.of(file));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void run_packagedFile_printsEverySettingWithItsOrigin() {
        Path packaged = Path.of("conf", "web.config");

        int code = ConfigCheck.run(stream(out), stream(err), packaged, Optional.empty());

        assertThat(lines(err)).isEmpty();
        assertThat(code).isZero();
        assertThat(lines(out))
                .anyMatch(line -> line.matches(
                        "signalr\\.transports\\.disconnectTimeout = 00:00:30   \\[conf.web\\.config, line \\d+]"))
                .contains("signalr.transports.keepAlive = 00:00:10   [default]")
                .anyMatch(line -> line.startsWith("upload.maxBytes = 52428800   ["));
    }

    @Test
    void run_withSecrets_printsNone() throws IOException {
        int code = check(
                "<configuration><connectionStrings>",
                "<add name='Hubwire' connectionString='url=jdbc:h2:mem:x;user=hub;password=secret'/>",
                "<add name='SignalRSamples' connectionString='Data Source=(local)'/>",
                "</connectionStrings><system.web><compilation/></system.web></configuration>");

        assertThat(lines(err)).isEmpty();
        assertThat(code).isZero();
        assertThat(lines(out))
                .noneMatch(line -> line.contains("secret"))
                .anyMatch(line -> line.startsWith("connectionStrings.Hubwire = ***   ["))
                .contains(
                        "not used here: connection string SignalRSamples",
                        "not used here: system.web/compilation (line 4)");
    }

    @Test
    void run_wrongFile_tellsAllProblemsAndNoStackTrace() throws IOException {
        int code = check(
                "<configuration>",
                "<appSettings><add key='hubwire.upload.maxByte' value='1'/></appSettings>",
                "<connectionStrings><add name='HubwireRead' connectionString='jdbc:h2:mem:x'/></connectionStrings>",
                "<signalr><limits maxGroups='many'/></signalr>",
                "</configuration>");

        assertThat(code).isEqualTo(1);
        assertThat(lines(out)).isEmpty();
        assertThat(lines(err))
                .hasSize(3)
                .anyMatch(
                        line -> line.contains("line 2: key=\"hubwire.upload.maxByte\" of <add> is no setting of this"))
                .anyMatch(line -> line.endsWith("line 3: name=\"HubwireRead\" of <add> is no connection string of this"
                        + " application; it has Hubwire."))
                .anyMatch(line -> line.endsWith(
                        "line 4: signalr.limits.maxGroups=\"many\" must be a whole number from 1 to 100000."));
    }

    @Test
    void run_withoutSuchAFile_saysSo() {
        int code = ConfigCheck.run(stream(out), stream(err), directory.resolve("missing"), Optional.empty());

        assertThat(code).isEqualTo(2);
        assertThat(lines(err)).singleElement().asString().endsWith("missing that can be read.");
    }
}
