package io.hubwire.push.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.hubwire.push.kit.ApiClient;
import io.hubwire.push.kit.RunningServer;
import io.hubwire.push.service.Registration.Newcomer;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsFileTest {
    @TempDir
    Path directory;

    @Test
    void read_lines_areAccounts() throws IOException {
        Path file = write("# ours\n\nErin; Erin Example ;pass;word\n");

        assertThat(AccountsFile.read(file))
                .containsExactly(new Newcomer("erin", "Erin Example", "pass;word", Set.of("user")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            erin;Erin Example            | name;display name;password
            e rin;Erin Example;password  | no user name
            erin; ;password              | display name
            erin;Erin Example;short      | at least 8 characters
            erin;Erin Example;password;roles=Root | "Root" is no role
            erin;Erin Example;password;roles=demo | "demo" is no role
            """)
    void read_badLine_isRefusedWithItsNumber(String line, String reason) throws IOException {
        Path file = write("# first\n" + line + "\n");

        assertThatIOException()
                .isThrownBy(() -> AccountsFile.read(file))
                .withMessageStartingWith(file + ":2: ")
                .withMessageContaining(reason)
                .withMessageNotContaining("password;");
    }

    @Test
    void read_lineWithRoles_isAnAccountWithThem() throws IOException {
        Path file = write("olga;Olga Example;pass;word;roles=operator\n");

        assertThat(AccountsFile.read(file))
                .containsExactly(new Newcomer("olga", "Olga Example", "pass;word", Set.of("user", "Operator")));
    }

    @Test
    void start_withOtherRoles_givesAndWithdrawsThem() throws Exception {
        Path data = directory.resolve("data");
        Map<String, String> settings =
                Map.of("hubwire.password.cost", "4", "hubwire.accounts", directory + "/accounts");
        write("erin;Erin Example;password;roles=Operator\nfrank;Frank Example;password\n");
        RunningServer.start(data, settings).close();
        write("""
                erin;Erin Example;password
                frank;Frank Example;password;roles=Operator
                alice;Alice Archer;password;roles=Operator
                """);

        try (RunningServer server = RunningServer.start(data, settings)) {
            assertThat(roles(server, "erin", "password")).containsExactly("user");
            assertThat(roles(server, "frank", "password")).containsExactly("Operator", "user");
            assertThat(roles(server, "alice", "demo-alice")).containsExactly("Operator", "demo", "user");
        }
    }

    private static List<String> roles(RunningServer server, String name, String password) throws Exception {
        return ApiClient.signIn(server.uri(), name, password).get("/api/me").json().getJsonArray("roles").stream()
                .map(role -> ((JsonString) role).getString())
                .toList();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
    void read_readableByOthers_isRefused() throws IOException {
        Path file = write("erin;Erin Example;password\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatIOException().isThrownBy(() -> AccountsFile.read(file)).withMessageContaining("chmod 600");
    }

    @Test
    void start_withAccounts_letsThemInAndKeepsWhatIsThere() throws Exception {
        Path data = directory.resolve("data");
        Map<String, String> settings = Map.of(
                "hubwire.demo", "false", "hubwire.password.cost", "4", "hubwire.accounts", directory + "/accounts");
        write("erin;Erin Example;the first\n");
        RunningServer.start(data, settings).close();
        write("erin;Erin Example;the second\nfrank;Frank Example;password\n");

        try (RunningServer server = RunningServer.start(data, settings)) {
            assertThat(server.nobody().token("erin", "the first").status()).isEqualTo(200);
            assertThat(server.nobody().token("frank", "password").status()).isEqualTo(200);
            assertThat(server.nobody().token("alice", "demo-alice").status()).isEqualTo(401);
        }
    }

    private Path write(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("accounts"), text);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        return file;
    }
}
