package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.signalr.metrics.Counter;
import io.hubwire.signalr.metrics.Gauge;
import io.hubwire.signalr.metrics.Metrics;
import io.hubwire.signalr.metrics.micrometer.SignalRMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tables of counters and gauges in the operator's document are those of the code, by their names in JMX and in Prometheus. */
class CountersTableTest {
    private static final Path DOCUMENT = Path.of("src/docs/operations.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) (.+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(hubwire_\\S+) \\S+$");

    private PrometheusMeterRegistry registry;
    private String scraped;

    @BeforeEach
    void scrape() {
        Metrics metrics = new Metrics("node");
        metrics.calls("chat");
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new SignalRMeters(metrics).bindTo(registry);
        scraped = registry.scrape();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** The lines of a table, each with the code in its cells; a cell without code is empty. */
    private static List<List<String>> table(String header) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| " + header + " |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(CountersTableTest::cells)
                .toList();
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|", -1))
                .map(cell -> QUOTED.matcher(cell)
                        .results()
                        .map(match -> match.group(1))
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    @Test
    void counters_andTheirRates_areThoseOfTheCode() throws IOException {
        assertThat(table("Counter (JMX)"))
                .extracting(row -> row.subList(0, 2))
                .containsExactlyElementsOf(Arrays.stream(Counter.values())
                        .map(counter -> List.of(
                                counter.displayName(), counter.rateName().orElse("")))
                        .toList());
    }

    @Test
    void gauges_areThoseOfTheCode() throws IOException {
        assertThat(table("Gauge (JMX)"))
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(
                        Arrays.stream(Gauge.values()).map(Gauge::displayName).toList());
    }

    @Test
    void namesInPrometheus_areThoseThatItReads() throws IOException {
        List<String> told = Stream.concat(table("Counter (JMX)").stream(), table("Gauge (JMX)").stream())
                .map(CountersTableTest::prometheus)
                .filter(name -> !name.isEmpty())
                .toList();

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(SAMPLE.matcher(scraped)
                        .results()
                        .map(CountersTableTest::asTold)
                        .filter(sample -> !sample.contains("{hub="))
                        .distinct()
                        .toList());
    }

    @Test
    void namesInPrometheus_standBesideTheirNamesInJmx() throws IOException {
        Map<String, String> descriptions = new TreeMap<>();
        HELP.matcher(scraped).results().forEach(help -> descriptions.put(help.group(1), help.group(2)));

        assertThat(Stream.concat(table("Counter (JMX)").stream(), table("Gauge (JMX)").stream())
                        .filter(row -> !prometheus(row).isEmpty()))
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> assertThat(row.get(0))
                        .startsWith(descriptions.get(prometheus(row).replaceFirst("\\{.*", ""))));
    }

    @Test
    void metersOfHubs_areNamed() throws IOException {
        List<String> ofHubs = HELP.matcher(scraped)
                .results()
                .map(help -> help.group(1))
                .filter(name -> name.startsWith("hubwire_hub_"))
                .toList();

        assertThat(ofHubs).hasSize(3);
        assertThat(Files.readString(DOCUMENT)).contains(ofHubs);
    }

    @Test
    void sumOfAllTransports_aloneHasNoMeter() throws IOException {
        assertThat(Stream.concat(table("Counter (JMX)").stream(), table("Gauge (JMX)").stream())
                        .filter(row -> prometheus(row).isEmpty())
                        .map(row -> row.get(0)))
                .containsExactly(Gauge.CONNECTIONS_CURRENT.displayName());
    }

    /** The last column; what follows its bar is empty. */
    private static String prometheus(List<String> row) {
        return row.get(row.size() - 2);
    }

    /** Without the server, and one for all limits. */
    private static String asTold(MatchResult sample) {
        return sample.group(1)
                .replaceFirst(",?server=\"node\",?", "")
                .replaceFirst("limit=\"[^\"]*\"", "limit=…")
                .replace("{}", "");
    }
}
