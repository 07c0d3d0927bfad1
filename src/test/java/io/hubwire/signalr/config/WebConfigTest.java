package io.hubwire.signalr.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.config.WebConfig.ConnectionMapping;
import io.hubwire.signalr.config.WebConfig.HubMapping;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.tracing.SourceLevels;
import io.hubwire.signalr.tracing.TraceConfig;
import io.hubwire.signalr.tracing.TraceConfig.Listener;
import io.hubwire.signalr.tracing.TraceConfig.Source;
import io.hubwire.signalr.transport.SessionLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebConfigTest {

    /** As little as there can be. */
    public static final class Echo extends PersistentConnection {}

    /** Nothing that could be mapped. */
    public abstract static class Unfinished extends PersistentConnection {}

    private static final String ECHO = Echo.class.getName();

    private static WebConfig read(String xml) {
        return WebConfig.read(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)),
                "web.config",
                WebConfigTest.class.getClassLoader());
    }

    /** A file with these elements in {@code signalr}, which begin in line 3. */
    private static WebConfig mapping(String elements) {
        return read("<configuration>\n<signalr>\n" + elements + "\n</signalr>\n</configuration>");
    }

    private static void assertRefused(String xml, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(xml))
                .withMessage(message);
    }

    private static void assertMappingRefused(String elements, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> mapping(elements))
                .withMessage(message);
    }

    /* --- what it sets --- */

    @Test
    void limits_ofConnectionsAndCalls_reachTheServer() {
        SignalRConfig.Builder server = SignalRConfig.builder();

        mapping(
                        "<limits maxConnections='9' maxConnectionsPerUser='7' maxConnectionsPerAddress='8' maxCallsPerSecond='6'/>")
                .applyTo(server);

        assertThat(server.build().sessions()).isEqualTo(new SessionLimits(9, 7, 8));
        assertThat(server.build().connections().maxCallsPerSecond()).hasValue(6);
    }

    @Test
    void anyOrigin_withCredentials_isRefused_andWithoutThemIsNot() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> mapping("<crossDomain origins='*'/>"))
                .withMessageContaining("origins must not be * with credentials");
        SignalRConfig.Builder server = SignalRConfig.builder();

        mapping("<crossDomain origins='*' credentials='false'/>").applyTo(server);

        assertThat(server.build().origins().allowsOthers()).isTrue();
        assertThat(server.build().origins().allowsCredentials()).isFalse();
    }

    /* --- what it reads --- */

    @Test
    void mappings_areReadInOrder() {
        WebConfig config = mapping("""
                <!-- everything said -->
                <hubs path="/signalr" detailedErrors="true" javaScriptProxies="false" jsonp="TRUE"/>
                <hubs path="plain/"/>
                <connection path="/echo" type="%s" jsonp="true"/>
                <connection path="/Echo/inner" type="%s"/>""".formatted(ECHO, ECHO));

        assertThat(config.hubs())
                .containsExactly(
                        new HubMapping("/signalr", new HubConfiguration(true, false, true)),
                        new HubMapping("/plain", HubConfiguration.defaults()));
        assertThat(config.connections())
                .containsExactly(
                        new ConnectionMapping("/echo", Echo.class, new ConnectionConfiguration(true)),
                        new ConnectionMapping("/Echo/inner", Echo.class, ConnectionConfiguration.defaults()));
    }

    @Test
    void hubsWithoutPath_areAtSignalr() {
        assertThat(mapping("<hubs/>").hubs()).extracting(HubMapping::path).containsExactly("/signalr");
    }

    @Test
    void emptyConfiguration_mapsNothing() {
        assertThat(read("<?xml version='1.0'?>\n<configuration/>").mapsNothing())
                .isTrue();
        assertThat(mapping("").mapsNothing()).isTrue();
        assertThat(mapping("<hubs/>").mapsNothing()).isFalse();
    }

    @Test
    void applyTo_addsToWhatIsMappedByCode() {
        SignalRConfig.Builder server = SignalRConfig.builder().hubs("/signalr", HubConfiguration.defaults());

        mapping("<connection path='/echo' type='" + ECHO + "'/>").applyTo(server);

        SignalRConfig built = server.build();
        assertThat(built.hubs()).containsOnlyKeys("/signalr");
        assertThat(built.persistentConnections()).containsOnlyKeys("/echo");
        assertThat(built.persistentConnections().get("/echo").type()).isEqualTo(Echo.class);
    }

    @Test
    void applyTo_aPathThatCodeHasTaken_isRefused() {
        SignalRConfig.Builder server = SignalRConfig.builder().hubs("/Signalr", HubConfiguration.defaults());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mapping("<hubs/>").applyTo(server))
                .withMessage("The path /signalr is mapped already.");
    }

    @Test
    void rules_areReadWithTheirCriteria() {
        WebConfig config = mapping("""
                <authorization>
                  <require path="/"/>
                  <require path="admin/" users="alice" roles="Admin, Operator">
                    <claim name="department" values="sales,support"/>
                    <claim name="badge"/>
                  </require>
                  <allow path="/admin/help"/>
                </authorization>""");

        assertThat(config.rules())
                .containsExactly(
                        new PathRule("/", Optional.of(AuthorizationRule.authenticated())),
                        new PathRule(
                                "/admin",
                                Optional.of(new AuthorizationRule(
                                        Set.of("alice"),
                                        Set.of("Admin", "Operator"),
                                        Map.of("department", Set.of("sales", "support"), "badge", Set.of()),
                                        true))),
                        new PathRule("/admin/help", Optional.empty()));
        assertThat(config.mapsNothing()).isTrue();
    }

    /* --- what it refuses --- */

    @Test
    void rules_thatMakeNoSense_areRefused() {
        assertRuleRefused("<deny/>", "<authorization> has no element <deny>; it has require, allow.");
        assertRuleRefused("<require/>", "<require> needs the attribute \"path\".");
        assertRuleRefused(
                "<require path='/a' role='x'/>", "<require> has no attribute \"role\"; it has path, users, roles.");
        assertRuleRefused("<allow path='/a' roles='x'/>", "<allow> has no attribute \"roles\"; it has path.");
        assertRuleRefused(
                "<require path='/a' roles=' ,'/>",
                "roles=\" ,\" of <require> must name at least one, separated by commas.");
        assertRuleRefused("<require path='/a'><claim/></require>", "<claim> needs the attribute \"name\".");
        assertRuleRefused(
                "<require path='/a'><claim name='b'/><claim name='b'/></require>",
                "name=\"b\" of <claim> is there twice; one element lists all values that will do.");
        assertRuleRefused(
                "<require path='/a'/><allow path='A/'/>",
                "path=\"A/\" of <allow> has a rule already, in line 3; case makes no difference.");
        assertRuleRefused(
                "<require path='/a/../b'/>",
                "path=\"/a/../b\" of <require> must be a path below the root, such as /echo, without empty or dot segments,"
                        + " white space or any of ?#*;%\\.");
    }

    private static void assertRuleRefused(String rules, String message) {
        assertMappingRefused("<authorization>" + rules + "</authorization>", "web.config, line 3: " + message);
    }

    @Test
    void unknownNames_areRefusedWithWhatThereIs() {
        assertRefused("<config/>", "web.config, line 1: the file begins with <config>, not with <configuration>.");
        assertRefused(
                "<configuration>\n\n  <system.webServer><websocket/></system.webServer>\n</configuration>",
                "web.config, line 3: <system.webServer> has no element <websocket>; it has webSocket.");
        assertRefused(
                "<configuration>\n<signalr>\n<crossDomain\n  path='/x'/></signalr></configuration>",
                "web.config, line 3: <crossDomain> has no attribute \"path\"; it has credentials, origins.");
        assertMappingRefused(
                "<hub/>",
                "web.config, line 3: <signalr> has no element <hub>; it has authorization, backplane, connectTickets,"
                        + " connection, crossDomain, drain, hubs, limits, messageBus, transports.");
        assertMappingRefused(
                "<hubs\n Path='/x'/>",
                "web.config, line 3: <hubs> has no attribute \"Path\"; it has path, detailedErrors, javaScriptProxies, jsonp.");
        assertMappingRefused(
                "<connection detailedErrors='true'/>",
                "web.config, line 3: <connection> has no attribute \"detailedErrors\"; it has path, type, jsonp.");
        assertMappingRefused(
                "<hubs>\n<connection/></hubs>", "web.config, line 4: <hubs> has no element <connection>; it has none.");
    }

    @Test
    void missingAttribute_isNamed() {
        assertMappingRefused(
                "<connection type='" + ECHO + "'/>", "web.config, line 3: <connection> needs the attribute \"path\".");
        assertMappingRefused(
                "<connection path='/echo'/>", "web.config, line 3: <connection> needs the attribute \"type\".");
    }

    @Test
    void flag_thatIsNone_isRefused() {
        assertMappingRefused(
                "<hubs jsonp='yes'/>", "web.config, line 3: jsonp=\"yes\" of <hubs> must be true or false.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "//", "/a//b", "/.", "/a/../b", "/a b", "/a?b", "/a#b", "/a*", "/a;b", "/a%2f", "/a\\b"
            })
    void path_thatCannotBeMatched_isRefused(String path) {
        assertMappingRefused(
                "<hubs path='" + path + "'/>",
                "web.config, line 3: path=\"" + path + "\" of <hubs> must be a path below the root, such as /echo,"
                        + " without empty or dot segments, white space or any of ?#*;%\\.");
    }

    @Test
    void path_givenTwice_isRefusedWithBothLines() {
        assertMappingRefused(
                "<hubs path='/a'/>\n<connection path='A/' type='" + ECHO + "'/>",
                "web.config, line 4: path=\"A/\" of <connection> is mapped already, in line 3; case makes no difference.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.example.Missing | must be the full name of a class of the application, and there is none of this name",
                "java.lang.String | must extend io.hubwire.signalr.connection.PersistentConnection",
                "io.hubwire.signalr.config.WebConfigTest$Unfinished | must not be abstract"
            })
    void type_thatIsNoConnection_isRefused(String type, String rule) {
        assertMappingRefused(
                "<connection path='/echo' type='" + type + "'/>",
                "web.config, line 3: type=\"" + type + "\" of <connection> " + rule + ".");
    }

    @Test
    void textBetweenElements_isRefused() {
        assertMappingRefused(
                "<hubs/>\n/echo", "web.config, line 4: \"/echo\" stands between elements, where there is no text.");
    }

    @Test
    void malformedXml_isRefusedWithItsLine() {
        assertRefused(
                "<configuration>\n<signalr>\n</configuration>", "web.config, line 3: this is not well-formed XML.");
        assertRefused("", "web.config, line 1: this is not well-formed XML.");
    }

    @Test
    void entitiesThatGrow_areRefusedBeforeTheyDo() {
        assertRefused(
                "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>\n"
                        + "<configuration>&c;</configuration>",
                "web.config, line 1: A document type (<!DOCTYPE>) is not allowed.");
        assertRefused(
                "<configuration>\n<signalr>&lol;</signalr></configuration>",
                "web.config, line 2: this is not well-formed XML.");
    }

    @Test
    void fileThatIsTooLargeOrDeep_isRefused() {
        String comment = "<!--" + "x".repeat(1 << 20) + "-->";

        assertRefused("<configuration>" + comment + "</configuration>", "web.config has more than 1048576 bytes.");
        assertThat(read("<configuration>" + comment.replaceFirst("x{100}", "") + "</configuration>")
                        .mapsNothing())
                .isTrue();
        assertRefused("<configuration>" + "\n<a>".repeat(32), "web.config, line 33: elements stand more than 32 deep.");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read("<configuration>" + "<a>".repeat(31) + "</a>".repeat(31) + "</configuration>"))
                .withMessageContaining("<configuration> has no element <a>");
    }

    @Test
    void documentType_isRefusedAndNothingOutsideIsRead(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "secret");
        URI file = secret.toUri();

        assertRefused(
                "<!DOCTYPE configuration [<!ENTITY e SYSTEM '" + file + "'>]>\n<configuration>&e;</configuration>",
                "web.config, line 1: A document type (<!DOCTYPE>) is not allowed.");
        assertRefused(
                "<?xml version='1.0'?>\n<!DOCTYPE configuration SYSTEM '" + file + "'>\n<configuration/>",
                "web.config, line 2: A document type (<!DOCTYPE>) is not allowed.");
    }

    /* --- ASP.NET's --- */

    /** As it stands in the guide to tracing. */
    @Test
    void fileOfAspNet_isReadWithItsTraces() throws IOException {
        WebConfig config;
        try (InputStream file = WebConfigTest.class.getResourceAsStream("aspnet-web.config")) {
            config = WebConfig.read(file, "web.config", WebConfigTest.class.getClassLoader());
        }

        assertThat(config.mapsNothing()).isTrue();
        assertThat(config.unused())
                .containsExactly(
                        "configSections (line 2)",
                        "system.web/compilation (line 11)",
                        "system.web/httpRuntime (line 12)",
                        "system.webServer/modules (line 15)",
                        "entityFramework (line 73)");
        TraceConfig traces = config.traces();
        assertThat(traces.sources()).hasSize(8).allSatisfy(source -> assertThat(source.listeners())
                .hasSize(1));
        assertThat(traces.sources().get(3))
                .isEqualTo(
                        new Source("SignalR.Transports.WebSocketTransport", Listener.reference("SignalR-Transports")));
        assertThat(traces.switches()).containsExactly(entry("SignalRSwitch", SourceLevels.VERBOSE));
        assertThat(traces.sharedListeners())
                .containsExactly(
                        Listener.of(
                                "SignalR-Transports",
                                "System.Diagnostics.TextWriterTraceListener",
                                "transports.log.txt"),
                        Listener.of("SignalR-Bus", "System.Diagnostics.TextWriterTraceListener", "bus.log.txt"));
        assertThat(traces.autoflush()).isTrue();
    }

    @Test
    void tracesThatMakeNoSense_areRefused() {
        assertTracesRefused(
                "<sources><source name='SignalR.Nothing'/></sources>",
                "line 3: there is no trace source \"SignalR.Nothing\"");
        assertTracesRefused(
                "<sources><source name='SignalR.Connection'><listeners>\n<add name='x'/></listeners></source></sources>",
                "line 2: the source SignalR.Connection refers to the listener \"x\", but no shared listener has this name");
        assertTracesRefused(
                "<sharedListeners><add name='x' type='System.Diagnostics.EventLogTraceListener'/></sharedListeners>",
                "line 3: there is no listener of type \"System.Diagnostics.EventLogTraceListener\" here");
        assertTracesRefused(
                "<sharedListeners>\n<add name='x'/></sharedListeners>", "line 4: <add> needs the attribute \"type\"");
        assertTracesRefused(
                "<switches><add name='a' value='Loud'/></switches>", "line 3: a switch stands at Off, Critical");
        assertTracesRefused(
                "<switches><add name='a' value='Off'/>\n<add name='A' value='Off'/></switches>",
                "line 4: name=\"A\" of <add> stands there already, in line 3");
        assertTracesRefused("<trace autoFlush='true'/>", "line 3: <trace> has no attribute \"autoFlush\"");
        assertTracesRefused("<assert/>", "line 3: <system.diagnostics> has no element <assert>");
    }

    private static void assertTracesRefused(String elements, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read("<configuration>\n<system.diagnostics>\n" + elements
                        + "\n</system.diagnostics>\n</configuration>"))
                .withMessageStartingWith("web.config, " + message);
    }

    @Test
    void rulesThatAreNotInForceHere_areNotPassedOver() {
        assertRefused(
                "<configuration><system.web><authorization/></system.web></configuration>",
                "web.config, line 1: <system.web> has no element <authorization>; it has none that is used here.");
        assertRefused(
                "<configuration>\n<location path='admin'/></configuration>",
                "web.config, line 2: <configuration> has no element <location>; it has appSettings, connectionStrings,"
                        + " container, signalr, system.diagnostics, system.webServer.");
    }

    /* --- combinations --- */

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keepAlive='11s' | KeepAlive value must be no more than a third of the DisconnectTimeout.",
                "keepAlive='11s' disconnectTimeout='30s' | KeepAlive value must be no more than a third",
                "disconnectTimeout='30s' keepAlive='11s' | KeepAlive value must be no more than a third",
                "disconnectTimeout='6s' keepAlive='2.001s' | KeepAlive value must be no more than a third",
                "disconnectTimeout='5.999s' | DisconnectTimeout must be at least six seconds.",
                "keepAlive='1s' | KeepAlive value must be greater than two seconds.",
                "webSockets='false' serverSentEvents='false' foreverFrame='false' longPolling='false'"
                        + " | At least one transport must be left.",
            })
    void timesAndTransportsThatDoNotGoTogether_areRefused(String attributes, String rule) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> mapping("<transports " + attributes + "/>"))
                .withMessageContaining(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "disconnectTimeout='6s', PT6S, PT2S",
        "disconnectTimeout='6s' keepAlive='2s', PT6S, PT2S",
        "keepAlive='2s' disconnectTimeout='6s', PT6S, PT2S",
        "disconnectTimeout='6s' keepAlive='none', PT6S,",
        "disconnectTimeout='00:01:00', PT1M, PT20S",
        "keepAlive='00:00:10', PT30S, PT10S",
        "keepAlive='NONE', PT30S,"
    })
    void keepAliveAndDisconnectTimeout_goTogetherInAnyOrder(
            String attributes, Duration disconnectTimeout, Duration keepAlive) {
        EffectiveSettings settings = mapping("<transports " + attributes + "/>").settings();

        assertThat(settings.get(TransportSettings.DISCONNECT_TIMEOUT)).isEqualTo(disconnectTimeout);
        assertThat(settings.get(TransportSettings.KEEP_ALIVE)).isEqualTo(Optional.ofNullable(keepAlive));
    }

    @Test
    void combinations_acrossElements_areRefusedWithTheValuesAndWhereTheyAreFrom() {
        assertMappingRefused(
                "<messageBus tailAge='99s'/>",
                "signalr.messageBus.tailAge=00:01:39 (web.config, line 3) and signalr.transports.disconnectTimeout=00:00:30"
                        + " (default) and signalr.transports.keepAlive=00:00:10 (default): tailAge must be at least"
                        + " 2 × (disconnectTimeout + 2 × keepAlive): clients may come back so late.");
        assertMappingRefused(
                "<messageBus tailBytes='15MB'/>",
                "signalr.messageBus.tailBytes=15728640 (web.config, line 3) and signalr.messageBus.maxMessageBytes=4194304"
                        + " (default): tailBytes must be at least four times maxMessageBytes.");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(
                        () -> read("<configuration><system.webServer><webSocket enabled='false'/></system.webServer>"
                                + "<signalr><transports serverSentEvents='false' foreverFrame='false' longPolling='false'/>"
                                + "</signalr></configuration>"))
                .withMessageEndingWith("At least one transport must be left.");
    }

    @Test
    void severalProblems_areToldAtOnce() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        mapping("<transports keepAlive='10'/>\n<hub/>\n<hubs path='/'/>\n<limits maxGroups='0'/>"))
                .satisfies(refused -> assertThat(refused.problems())
                        .satisfiesExactlyInAnyOrder(
                                problem -> assertThat(problem)
                                        .startsWith(
                                                "web.config, line 3: signalr.transports.keepAlive=\"10\" must have a"
                                                        + " unit: ms, s, m, h or d (10s for seconds)"),
                                problem -> assertThat(problem).startsWith("web.config, line 4: <signalr> has no"),
                                problem -> assertThat(problem).startsWith("web.config, line 5: path="),
                                problem -> assertThat(problem)
                                        .isEqualTo("web.config, line 6: signalr.limits.maxGroups=\"0\" must be a whole"
                                                + " number from 1 to 100000.")));
    }

    @Test
    void sectionThatIsThereTwice_isRefused() {
        assertMappingRefused(
                "<limits maxGroups='1'/>\n<limits maxGroups='2'/>",
                "web.config, line 4: <limits> stands there already, in line 3.");
    }

    @Test
    void otherBackplane_isRefusedWithWhatThereIs() {
        assertMappingRefused(
                "<backplane type='redis'/>",
                "web.config, line 3: signalr.backplane.type=\"redis\" must be one of memory.");
    }

    @Test
    void propertyThatIsNoSetting_isRefused_andAVariableIsTold() {
        ConfigSources wrong = new ConfigSources(
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of("hubwire.signalr.transports.keepalive", "5s", "hubwire.upload.maxBytes", "5"),
                Map.of());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> WebConfig.read(wrong, WebConfigTest.class.getClassLoader()))
                .withMessage("There is no setting for the system property hubwire.signalr.transports.keepalive.");

        ConfigSources kubernetes = new ConfigSources(
                Optional.empty(), Map.of(), Map.of("HUBWIRE_SIGNALR_PORT", "tcp://10.0.0.1"), Map.of(), Map.of());
        assertThat(WebConfig.read(kubernetes, WebConfigTest.class.getClassLoader())
                        .strayVariables())
                .containsExactly("HUBWIRE_SIGNALR_PORT");
    }

    @ParameterizedTest
    @CsvSource({
        "00:01:50, PT1M50S",
        "0:0:1.5, PT1.5S",
        "1.00:00:00, P1D",
        "PT110S, PT1M50S",
        "110s, PT1M50S",
        "500ms, PT0.5S",
        "1.5m, PT1M30S",
        "1h, PT1H",
        "' 2 S ', PT2S"
    })
    void lengthsOfTime_areReadInAllForms(String text, Duration length) {
        WebConfig config = mapping("<transports connectionTimeout='" + text + "'/>");

        assertThat(config.settings().get(TransportSettings.CONNECTION_TIMEOUT)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"110", "24:00:00", "00:60:00", "1:00", "-1s", "1 week", "PT", "", "99999999999999999999d"})
    void whatIsNoLengthOfTime_isRefused(String text) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> mapping("<transports connectionTimeout='" + text + "'/>"))
                .withMessageStartingWith(
                        "web.config, line 3: signalr.transports.connectionTimeout=\"" + text + "\" must ");
    }

    @ParameterizedTest
    @CsvSource({"65536, 65536", "64kB, 65536", "64 KiB, 65536", "4MB, 4194304", "1gb, 1073741824", "7b, 7"})
    void numbersOfBytes_areReadWithUnits(String text, long bytes) {
        WebConfig config = mapping("<limits maxBodyBytes='" + text + "'/>");

        assertThat(config.settings().get(LimitSettings.MAX_BODY_BYTES)).isEqualTo(bytes);
    }
}
