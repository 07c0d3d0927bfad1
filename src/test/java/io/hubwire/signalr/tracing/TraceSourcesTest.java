package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hubwire.kit.LeakAudit;
import io.hubwire.kit.LogAudit;
import io.hubwire.kit.TraceRecorder;
import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceSourcesTest {
    private static final SourceName A = SourceName.CONNECTION;
    private static final SourceName B = SourceName.MESSAGE_BUS;
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

    @TempDir
    Path directory;

    private final LeakAudit threads = LeakAudit.ofThreads("test-trace");
    private final AtomicLong lost = new AtomicLong();
    private final List<TraceSources> opened = new ArrayList<>();

    @AfterEach
    void leaveNothing() {
        opened.forEach(TraceSources::close);
        threads.verify();
    }

    @Test
    void line_ofAFile_isThatOfDotNetAfterTheTime() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt"))));

        sources.of(A).log(Level.TRACE, "hello");
        sources.close();

        assertThat(lines("a.txt")).singleElement().asString().matches(TIME + "SignalR\\.Connection Verbose: 0 : hello");
    }

    @Test
    void line_ofADelimitedFile_hasQuotedParts() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, Listener.of("x", "delimited", "a.csv"))));

        sources.of(A).log(Level.WARNING, "says \"hello\"; goes");
        sources.close();

        assertThat(lines("a.csv"))
                .singleElement()
                .asString()
                .matches("\"SignalR\\.Connection\";Warning;0;\"says \"\"hello\"\"; goes\";;\\d+;;\""
                        + Thread.currentThread().getName() + "\";\"" + TIME.strip() + "\";;");
    }

    @ParameterizedTest
    @CsvSource({
        "Off,         ''",
        "Error,       ERROR",
        "Warning,     ERROR WARNING",
        "Information, ERROR WARNING INFO DEBUG",
        "Verbose,     ERROR WARNING INFO DEBUG TRACE",
        "All,         ERROR WARNING INFO DEBUG TRACE"
    })
    void levels_bySwitch_decideWhatListenersGet(String value, String expected) throws IOException {
        TraceSources sources = open(config(value, source(A, file("a.txt"))));

        for (Level level : List.of(Level.ERROR, Level.WARNING, Level.INFO, Level.DEBUG, Level.TRACE)) {
            sources.of(A).log(level, "said at " + level);
        }
        sources.close();

        List<String> said = Files.exists(directory.resolve("a.txt")) ? lines("a.txt") : List.of();
        assertThat(said.stream().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .isEqualTo(Arrays.stream(expected.split(" ", -1))
                        .filter(level -> !level.isEmpty())
                        .toList());
    }

    @Test
    void sources_withTheirOwnFiles_areNotMixed() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt")), source(B, file("b.txt"))));

        sources.of(A).log(Level.INFO, "from a");
        sources.of(B).log(Level.INFO, "from b");
        sources.of(SourceName.HUB_DISPATCHER).log(Level.INFO, "from nobody");
        sources.close();

        assertThat(lines("a.txt")).singleElement().asString().endsWith("from a");
        assertThat(lines("b.txt")).singleElement().asString().endsWith("from b");
    }

    @Test
    void sources_withOneSharedListener_writeOneFileInOrder() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt")), source(B, file("a.txt"))));

        for (int i = 0; i < 50; i++) {
            sources.of(i % 2 == 0 ? A : B).log(Level.INFO, "line " + i);
        }
        sources.close();

        assertThat(lines("a.txt")).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(lines("a.txt").get(i)).endsWith("line " + i);
        }
    }

    @Test
    void deployments_withTheSameSources_hearOnlyThemselves() throws IOException {
        TraceSources one = open(config("Verbose", source(A, file("one.txt"))));
        TraceSources other = open(config("Verbose", source(A, file("other.txt"))));

        one.of(A).log(Level.INFO, "from one");
        other.of(A).log(Level.INFO, "from the other");
        one.close();
        other.of(A).log(Level.INFO, "still there");
        other.close();

        assertThat(lines("one.txt")).singleElement().asString().endsWith("from one");
        assertThat(lines("other.txt")).hasSize(2).last().asString().endsWith("still there");
    }

    @Test
    void deployments_withTheSameFile_secondIsRefusedByName() {
        open(config("Verbose", source(A, file("a.txt"))));

        assertThatThrownBy(() -> open(config("Verbose", source(A, file("a.txt")))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("\"file-a.txt\"")
                .hasMessageContaining(directory.resolve("a.txt").toString())
                .hasMessageContaining("another application of this server");
    }

    @Test
    void listeners_twoOfOneFile_areRefused() throws IOException {
        Listener second = Listener.of("second", "delimited", "./a.txt");

        assertThatThrownBy(() -> open(config("Verbose", source(A, file("a.txt"), second))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"file-a.txt\"")
                .hasMessageContaining("\"second\"");
        open(config("Verbose", source(A, file("a.txt")))); // which the refused one has let go
    }

    @Test
    void open_fileThatCannotBeOpened_namesListenerFileAndReason() throws IOException {
        Files.createDirectory(directory.resolve("taken"));

        assertThatThrownBy(() -> open(config("Verbose", source(A, file("a.txt")), source(B, file("taken")))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("\"file-taken\"")
                .hasMessageContaining(directory.resolve("taken").toString())
                .hasMessageContaining("directory");
        open(config("Verbose", source(A, file("a.txt")))); // nothing was left open
    }

    @Test
    void open_withoutConfiguration_hasNoThreadAndNoFile() {
        TraceSources sources = open(TraceConfig.NONE.inDirectory(directory));

        assertThat(sources).isSameAs(TraceSources.unheard());
        threads.verify();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void open_listenersOfSilentSources_haveNoFileAndNoThread() {
        TraceSources sources = open(TraceConfig.of(
                        List.of(new Source(B.text(), Listener.of("log", "default", ""))),
                        Map.of("SignalRSwitch", SourceLevels.ALL),
                        List.of(file("unused.txt")),
                        true)
                .inDirectory(directory));

        assertThat(sources).isSameAs(TraceSources.unheard());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void open_sourcesOfOtherBackplanes_makesTheirFilesAndSaysNothing() throws IOException {
        TraceSources sources = open(TraceConfig.of(
                        List.of(new Source("SignalR.SqlMessageBus", file("bus.txt"))),
                        Map.of("SignalRSwitch", SourceLevels.ALL),
                        List.of(),
                        true)
                .inDirectory(directory));

        sources.of(B).log(Level.ERROR, "another source");
        sources.close();

        assertThat(lines("bus.txt")).isEmpty();
    }

    @Test
    void autoflush_on_writesWithoutAnEnd() {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt"))));

        sources.of(A).log(Level.INFO, "hello");

        await("the line in the file")
                .untilAsserted(() -> assertThat(lines("a.txt")).hasSize(1));
    }

    @Test
    void autoflush_off_writesWhenEnoughHasGatheredAndAtTheEnd() throws IOException {
        TraceSources sources = open(TraceConfig.of(
                        List.of(source(A, file("a.txt")), source(B, file("b.txt"))),
                        Map.of("SignalRSwitch", SourceLevels.ALL),
                        List.of(),
                        false)
                .inDirectory(directory));

        sources.of(A).log(Level.INFO, "first");
        for (int i = 0; i < 40; i++) { // 80 kB in a file of its own, after the first line in the writer's order
            sources.of(B).log(Level.INFO, "x".repeat(2000));
        }
        await("a full buffer").untilAsserted(() -> assertThat(lines("b.txt")).isNotEmpty());
        assertThat(lines("a.txt")).isEmpty();
        sources.close();

        assertThat(lines("a.txt")).hasSize(1);
        assertThat(lines("b.txt")).hasSize(40);
    }

    @Test
    void files_overTheirBound_areRotated() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt"))).withFiles(16 * 1024, 2));

        for (int i = 0; i < 100; i++) {
            sources.of(A).log(Level.INFO, "x".repeat(2000));
        }
        sources.close();

        try (var files = Files.list(directory)) {
            assertThat(files.toList())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("a.txt", "a.txt.1", "a.txt.2");
        }
        assertThat(Files.size(directory.resolve("a.txt.1"))).isBetween(14_000L, 16_384L);
    }

    @Test
    void injection_byLineEnds_staysInItsLine() throws IOException {
        try (TraceRecorder log = TraceRecorder.of(A.text())) {
            TraceSources sources = open(config("Verbose", source(A, file("a.txt"))));

            sources.of(A)
                    .log(Level.INFO, "group \"x\r\n2031-01-01T00:00:00.000Z SignalR.Connection Error: 0 : forged\"");
            sources.of(A).log(Level.INFO, "from {0}", "a\nb");
            sources.of(A).log(Level.INFO, "failed", new IllegalStateException("c\nd"));
            sources.close();

            assertThat(lines("a.txt")).hasSize(3);
            assertThat(log.lines()).hasSize(3).noneMatch(line -> line.contains("\n") || line.contains("\r"));
            assertThat(lines("a.txt").get(1)).endsWith("from a\\nb");
            assertThat(lines("a.txt").get(2)).endsWith("failed: java.lang.IllegalStateException: c\\nd");
        }
    }

    @Test
    void log_hasItsOwnLevels_whateverTheSwitchSays() {
        try (TraceRecorder log = TraceRecorder.of(A.text())) {
            TraceSources sources = open(config("Error", source(A, file("a.txt"))));

            sources.of(A).log(Level.INFO, "for the log");
            sources.of(A).log(Level.TRACE, "for nobody");

            assertThat(log.lines()).containsExactly("for the log");
            assertThat(sources.of(A).isLoggable(Level.TRACE)).isFalse();
        }
    }

    @Test
    void close_always_endsTheThreadAndLetsGoOfTheFiles() throws IOException {
        TraceSources sources = open(config("Verbose", source(A, file("a.txt"))));
        sources.of(A).log(Level.INFO, "last");

        sources.close();
        sources.close();

        threads.verify();
        assertThat(lines("a.txt")).hasSize(1);
        RotatingFile.open(directory.resolve("a.txt"), 100, 0).close(); // its lock is free
        sources.of(A).log(Level.INFO, "too late for listeners");
        assertThat(lines("a.txt")).hasSize(1);
    }

    @Test
    void console_getsLines_onTheStreamItNames() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            TraceSources sources = open(config(
                    "Verbose",
                    source(A, Listener.of("out", "console", "")),
                    source(B, Listener.of("err", "System.Diagnostics.ConsoleTraceListener", "true"))));
            sources.of(A).log(Level.TRACE, "to out");
            sources.of(B).log(Level.TRACE, "to err");
            sources.close();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("SignalR.Connection Verbose: 0 : to out");
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("SignalR.MessageBus Verbose: 0 : to err");
    }

    @Test
    void disk_full_costsLinesAndOneWarning() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full), "a disk that is always full");
        try (LogAudit log = new LogAudit()) {
            TraceSources sources = open(config(
                    "Verbose", source(A, Listener.of("full", "text", full.toString())), source(B, file("b.txt"))));
            for (int i = 1; i <= 3; i++) {
                sources.of(A).log(Level.INFO, "gone");
                sources.of(B).log(Level.INFO, "kept");
                long expected = i;
                await("the loss").untilAsserted(() -> assertThat(lost).hasValue(expected));
            }
            sources.close();

            assertThat(lost).hasValue(3);
            assertThat(lines("b.txt")).hasSize(3);
            assertThat(log.records()).singleElement().asString().contains("full", "cannot write");
        }
    }

    private TraceSources open(TraceConfig config) {
        TraceSources sources = TraceSources.open(config, "test", getClass().getClassLoader(), lost::addAndGet);
        opened.add(sources);
        return sources;
    }

    private TraceConfig config(String level, Source... sources) {
        return TraceConfig.of(List.of(sources), Map.of("SignalRSwitch", SourceLevels.parse(level)), List.of(), true)
                .inDirectory(directory);
    }

    private static Source source(SourceName name, Listener... listeners) {
        return new Source(name.text(), listeners);
    }

    private static Listener file(String name) {
        return Listener.of("file-" + name, "text", name);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }
}
