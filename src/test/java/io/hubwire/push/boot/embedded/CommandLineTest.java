package io.hubwire.push.boot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private final Properties properties = new Properties();

    @Test
    void parse_nothingSaid_listensOnLoopback8080AndKeepsDataBeside() {
        assertThat(parse()).isEqualTo(new CommandLine(false, "127.0.0.1", 8080, Path.of("data")));
    }

    @Test
    void parse_options_takesThem() {
        assertThat(parse("--port=0", "--address=::1", "--data=/var/lib/hubwire"))
                .isEqualTo(new CommandLine(false, "::1", 0, Path.of("/var/lib/hubwire")));
    }

    @Test
    void parse_optionAndProperty_optionWins() {
        properties.setProperty("hubwire.port", "8081");
        properties.setProperty("hubwire.address", "0.0.0.0");

        assertThat(parse("--port=8082")).isEqualTo(new CommandLine(false, "0.0.0.0", 8082, Path.of("data")));
    }

    @Test
    void parse_optionTwice_lastWins() {
        assertThat(parse("--port=1", "--port=2").port()).isEqualTo(2);
    }

    @Test
    void parse_help_isNoError() {
        assertThat(parse("--help").help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot=1, There is no option \"--prot=1\"",
        "--port, There is no option \"--port\"",
        "8080, There is no option \"8080\"",
        "--port=http, Port \"http\" is not a number",
        "--port=, Port \"\" is not a number",
        "--port=65536, Port 65536 is not in the range 0 to 65535",
        "--port=-1, Port -1 is not in the range 0 to 65535"
    })
    void parse_nonsense_namesIt(String argument, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(argument)).withMessage(message);
    }

    @Test
    void parse_nonsenseInProperty_namesIt() {
        properties.setProperty("hubwire.port", "eighty");

        assertThatIllegalArgumentException().isThrownBy(this::parse).withMessageContaining("\"eighty\"");
    }

    private CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), properties);
    }
}
