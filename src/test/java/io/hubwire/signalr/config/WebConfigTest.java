package io.hubwire.signalr.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.signalr.SignalRConfig;
import io.hubwire.signalr.config.WebConfig.ConnectionMapping;
import io.hubwire.signalr.config.WebConfig.HubMapping;
import io.hubwire.signalr.config.WebConfig.PathRule;
import io.hubwire.signalr.config.setting.ConfigurationException;
import io.hubwire.signalr.connection.ConnectionConfiguration;
import io.hubwire.signalr.connection.PersistentConnection;
import io.hubwire.signalr.hub.AuthorizationRule;
import io.hubwire.signalr.hub.HubConfiguration;
import io.hubwire.signalr.transport.SessionLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertThat(read("<?xml version='1.0'?>\n<configuration/>").isEmpty()).isTrue();
        assertThat(mapping("").isEmpty()).isTrue();
        assertThat(mapping("<hubs/>").isEmpty()).isFalse();
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
        assertThat(config.isEmpty()).isFalse();
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
                "web.config, line 3: <crossDomain> has no attribute \"path\"; it has origins.");
        assertMappingRefused(
                "<hub/>",
                "web.config, line 3: <signalr> has no element <hub>; it has authorization, backplane, connectTickets,"
                        + " connection, crossDomain, hubs, limits, messageBus, transports.");
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
}
