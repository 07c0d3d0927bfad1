package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.boot.PushSettings;
import io.hubwire.push.domain.PushLimit;
import io.hubwire.signalr.config.Catalogue;
import io.hubwire.signalr.config.LimitSettings;
import io.hubwire.signalr.config.setting.Setting;
import io.hubwire.signalr.metrics.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ledger of limits names what is there, and leaves no limit out. */
class LimitsLedgerTest {
    private static final Path LEDGER = Path.of("src/docs/limits.md");
    private static final Path MAIN = Path.of("src/main/java");
    private static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("src/it/java"));
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final Set<String> SETTINGS =
            Catalogue.settings().map(Setting::name).collect(Collectors.toUnmodifiableSet());

    /** Of the application, by their properties. */
    private static final Set<String> PROPERTIES = PushSettings.groups().stream()
            .flatMap(group -> group.settings().stream())
            .map(Setting::property)
            .collect(Collectors.toUnmodifiableSet());

    /** A line of a table. */
    private record Line(String what, String setting, String countedAs, String test) {

        static Optional<Line> of(String text) {
            String[] cells = text.split("\\|", -1);
            boolean isLine = cells.length == 8 && !cells[1].isBlank() && !cells[1].contains("---");
            return isLine && !cells[1].strip().equals("What")
                    ? Optional.of(new Line(cells[1].strip(), cells[3], cells[5], cells[6]))
                    : Optional.empty();
        }
    }

    private static List<Line> lines() throws IOException {
        return Files.readAllLines(LEDGER).stream()
                .flatMap(text -> Line.of(text).stream())
                .toList();
    }

    private static List<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    @Test
    void ledger_asRead_isTheWholeLedger() throws IOException {
        long tableLines = Files.readAllLines(LEDGER).stream()
                .filter(text -> text.startsWith("| ") && !text.startsWith("| What |") && !text.startsWith("| ---"))
                .count();

        assertThat(lines()).hasSizeGreaterThan(60).hasSize(Math.toIntExact(tableLines));
    }

    @Test
    void setting_ofEachLine_exists() throws IOException {
        assertThat(lines())
                .allSatisfy(line ->
                        assertThat(quoted(line.setting())).as(line.what()).allMatch(LimitsLedgerTest::isThere));
    }

    @Test
    void setting_thatIsNot_isNotThere() {
        assertThat(Stream.of("signalr.limits.maxPlanted", "Planted.MAX", "GroupsToken.MAX_PLANTED", "hubwire.planted"))
                .noneMatch(LimitsLedgerTest::isThere);
    }

    @Test
    void count_ofEachLine_exists_andNoneIsMissing() throws IOException {
        Set<String> counts = lines().stream()
                .flatMap(line -> quoted(line.countedAs()).stream())
                .collect(Collectors.toSet());

        assertThat(counts)
                .containsExactlyInAnyOrderElementsOf(Stream.<Enum<?>[]>of(Limit.values(), PushLimit.values())
                        .flatMap(Arrays::stream)
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void test_ofEachLine_exists() throws IOException {
        assertThat(lines())
                .allSatisfy(
                        line -> assertThat(quoted(line.test())).as(line.what()).allMatch(LimitsLedgerTest::isTest));
    }

    @Test
    void test_thatIsNot_isNotThere() {
        assertThat(isTest("LimitsLedgerTest#planted")).isFalse();
        assertThat(isTest("PlantedTest#test_thatIsNot_isNotThere")).isFalse();
        assertThat(isTest("LimitsLedgerTest#test_thatIsNot_isNotThere")).isTrue();
    }

    @Test
    void limit_ofEverySetting_hasALine() throws IOException {
        Set<String> told = lines().stream()
                .flatMap(line -> quoted(line.setting()).stream())
                .collect(Collectors.toSet());
        Stream<String> limits = Stream.concat(
                LimitSettings.GROUP.settings().stream().map(Setting::name),
                SETTINGS.stream().filter(LimitsLedgerTest::isNamedAsALimit));

        assertThat(limits).isSubsetOf(told);
    }

    private static boolean isNamedAsALimit(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("max") && !name.startsWith("system.") && !last.equals("maxThreads");
    }

    /** A setting of the library or the application, or a constant. */
    private static boolean isThere(String setting) {
        if (setting.startsWith("hubwire.")) {
            return PROPERTIES.contains(setting);
        }
        int dot = setting.lastIndexOf('.');
        return SETTINGS.contains(setting)
                || anyFile(
                        List.of(MAIN),
                        file -> file.getFileName().toString().equals(setting.substring(0, dot) + ".java"),
                        " " + setting.substring(dot + 1));
    }

    private static boolean isTest(String test) {
        String[] parts = test.split("#", -1);
        return parts.length == 2
                && anyFile(
                        TESTS,
                        file -> file.getFileName().toString().equals(parts[0] + ".java"),
                        " void " + parts[1] + "(");
    }

    private static boolean anyFile(List<Path> roots, Predicate<Path> which, String text) {
        return roots.stream().anyMatch(root -> {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .filter(which)
                        .anyMatch(file -> read(file).contains(text));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
