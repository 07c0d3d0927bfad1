package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceConfigTest {
    private static final String CONNECTION = "SignalR.Connection";
    private static final Listener FILE = Listener.of("file", "text", "a.txt");

    @ParameterizedTest
    @CsvSource({
        "System.Diagnostics.TextWriterTraceListener, TEXT",
        "text, TEXT",
        "TEXT, TEXT",
        "System.Diagnostics.DelimitedListTraceListener, DELIMITED",
        "delimited, DELIMITED",
        "System.Diagnostics.ConsoleTraceListener, CONSOLE",
        "console, CONSOLE",
        "System.Diagnostics.DefaultTraceListener, DEFAULT",
        "default, DEFAULT",
        "'System.Diagnostics.TextWriterTraceListener, System, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089', TEXT"
    })
    void listenerType_knownName_isFound(String name, ListenerType type) {
        assertThat(ListenerType.parse(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.Diagnostics.XmlWriterTraceListener",
                "System.Diagnostics.EventLogTraceListener",
                "system.diagnostics.textwritertracelistener",
                ""
            })
    void listenerType_unknownName_isRefusedWithThoseThatExist(String name) {
        assertThatThrownBy(() -> ListenerType.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("System.Diagnostics.TextWriterTraceListener (text)")
                .hasMessageContaining("System.Diagnostics.ConsoleTraceListener (console)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "logs/", "../a.txt", "logs/../../a.txt", "a\0b"})
    void listener_fileThatCannotBe_isRefused(String file) {
        assertThatThrownBy(() -> Listener.of("file", "text", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"file\"")
                .hasMessageContaining("\"" + file + "\"");
    }

    @Test
    void listener_consoleWithAnythingButAFlag_isRefused() {
        assertThat(Listener.of("console", "console", "True").initializeData()).isEqualTo("True");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Listener.of("console", "console", "stderr"))
                .withMessageContaining("\"stderr\"");
    }

    @Test
    void listener_withDataButWithoutType_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listener("shared", Optional.empty(), "a.txt"))
                .withMessageContaining("needs a type");
        assertThatIllegalArgumentException().isThrownBy(() -> Listener.reference(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SignalR.SqlMessageBus",
                "SignalR.ServiceBusMessageBus",
                "SignalR.RedisMessageBus",
                "SignalR.RedisConnection",
                "signalr.connection"
            })
    void source_ofTheOriginal_isTaken(String name) {
        assertThat(new Source(name, FILE).listeners()).containsExactly(FILE);
    }

    @Test
    void source_unknown_isRefusedWithThoseThatExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Source("SignalR.Transports.WebSocket", FILE))
                .withMessageContaining("\"SignalR.Transports.WebSocket\"")
                .withMessageContaining("SignalR.Transports.WebSocketTransport");
    }

    @Test
    void source_sameListenerTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Source(CONNECTION, FILE, Listener.reference("file")))
                .withMessageContaining("\"file\"");
    }

    @Test
    void config_sourceTwice_isRefusedInAnyCase() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(new Source(CONNECTION, FILE), new Source("SIGNALR.connection", FILE)))
                .withMessageContaining("signalr.connection");
    }

    @Test
    void config_referenceToNothing_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(new Source(CONNECTION, Listener.reference("nowhere"))))
                .withMessageContaining(CONNECTION)
                .withMessageContaining("\"nowhere\"");
    }

    @Test
    void config_sharedListenerWithoutType_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceConfig.of(List.of(), Map.of(), List.of(Listener.reference("shared")), true))
                .withMessageContaining("\"shared\"");
    }

    @Test
    void config_switchThatNobodyReads_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceConfig.of(List.of(), Map.of("SignalrSwich", SourceLevels.ALL), List.of(), false))
                .withMessageContaining("\"SignalrSwich\"")
                .withMessageContaining("SignalRSwitch");
    }

    @Test
    void config_switchNameOfNothing_isRefused() {
        Source source = new Source(CONNECTION, Optional.of("Mine"), Optional.empty(), List.of(FILE));

        assertThatIllegalArgumentException().isThrownBy(() -> config(source)).withMessageContaining("\"Mine\"");
    }

    @Test
    void levels_ofSources_comeFromTheirOwnValueTheirSwitchOrTheCommonOne() {
        Source own = new Source(CONNECTION, Optional.of("Mine"), Optional.of(SourceLevels.ALL), List.of(FILE));
        Source named = new Source("SignalR.MessageBus", Optional.of("mine"), Optional.empty(), List.of(FILE));
        Source common = new Source("SignalR.HubDispatcher", FILE);
        TraceConfig config = TraceConfig.of(
                List.of(own, named, common),
                Map.of("Mine", new SourceLevels(1), "signalrswitch", SourceLevels.VERBOSE),
                List.of(),
                false);

        assertThat(List.of(own, named, common))
                .extracting(config::levels)
                .containsExactly(SourceLevels.ALL, new SourceLevels(1), SourceLevels.VERBOSE);
    }

    @Test
    void levels_withoutASwitch_areOff() {
        Source source = new Source(CONNECTION, FILE);

        assertThat(config(source).levels(source)).isEqualTo(SourceLevels.OFF);
    }

    @ParameterizedTest
    @CsvSource({"16383, 0", "16384, -1", "16384, 1001"})
    void files_outOfRange_areRefused(long maxBytes, int kept) {
        assertThatIllegalArgumentException().isThrownBy(() -> TraceConfig.NONE.withFiles(maxBytes, kept));
    }

    @ParameterizedTest
    @CsvSource({"16384, 0", "9223372036854775807, 1000"})
    void files_atTheEndsOfTheRange_areTaken(long maxBytes, int kept) {
        assertThat(TraceConfig.NONE.withFiles(maxBytes, kept))
                .extracting(TraceConfig::maxFileBytes, TraceConfig::keptFiles)
                .containsExactly(maxBytes, kept);
    }

    private static TraceConfig config(Source... sources) {
        return TraceConfig.of(List.of(sources), Map.of(), List.of(), true);
    }
}
