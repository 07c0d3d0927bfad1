package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The house keeps its own rules, and each rule catches a violation planted for it in {@code planted}. */
class ArchitectureTest {

    private static final String ROOT = "io.hubwire";
    private static final String PLANTED = "io.hubwire.architecture.planted";

    /** Far below what there is, and far above what a wrong import path would find. */
    private static final int FEWEST_CLASSES = 100;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT + ".signalr", ROOT + ".push");

    @Test
    void house_asImported_isTheWholeHouse() {
        assertThat(HOUSE.size()).isGreaterThan(FEWEST_CLASSES);
        assertThat(HOUSE.contain(io.hubwire.signalr.bus.MessageBus.class)).isTrue();
        assertThat(HOUSE.contain(io.hubwire.push.boot.embedded.Main.class)).isTrue();
        assertThat(HOUSE.contain(ArchitectureTest.class)).isFalse();
    }

    static Stream<ArchRule> rules() {
        return new HouseRules(ROOT).all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void house_everyRule_isKept(ArchRule rule) {
        rule.check(HOUSE);
    }

    static Stream<Arguments> plantedViolations() {
        return Stream.of(
                planted("transportknowsbus", HouseRules::arrows, "bus.Planted"),
                planted("libraryknowsapplication", HouseRules::arrows, "push.domain.Planted"),
                planted("applicationknowsbus", HouseRules::arrows, "signalr.bus.Planted"),
                planted("offthemap", HouseRules::arrows, "signalr.widgets is not on the map"),
                planted("jsoninbus", HouseRules::libraries, "jakarta.json.JsonObject"),
                planted("jsonbinprotocol", HouseRules::libraries, "jakarta.json.bind.Jsonb"),
                planted("servletinhub", HouseRules::libraries, "jakarta.servlet.ServletRequest"),
                planted("websocketintransport", HouseRules::libraries, "jakarta.websocket.Session"),
                planted("restinservletface", HouseRules::libraries, "jakarta.ws.rs.core.Response"),
                planted("cdiinhub", HouseRules::libraries, "jakarta.inject.Inject"),
                planted("validationinhub", HouseRules::libraries, "jakarta.validation.Valid"),
                planted("micrometerinhub", HouseRules::libraries, "io.micrometer.core.instrument.Counter"),
                planted("jakartaindomain", HouseRules::libraries, "jakarta.persistence.Entity"),
                planted("cycle", HouseRules::cycles, "Cycle detected"),
                planted("drawer", HouseRules::drawers, "signalr.hub.util"),
                planted("entityinservice", HouseRules::persistence, "jakarta.persistence.Entity"),
                planted("tomcatinboot", HouseRules::container, "org.apache.catalina.Context"),
                planted("printinghub", HouseRules::standardStreams, "System.out"),
                planted("julinhub", HouseRules::logging, "java.util.logging.Logger"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plantedViolations")
    void house_violated_isCaught(String name, Function<HouseRules, ArchRule> rule, String evidence) {
        String root = PLANTED + "." + name;
        JavaClasses violation = new ClassFileImporter().importPackages(root);

        assertThat(rule.apply(new HouseRules(root))
                        .evaluate(violation)
                        .getFailureReport()
                        .toString())
                .contains(evidence);
    }

    @Test
    void packages_all_sayWhatTheyAre() throws IOException {
        assertThat(PackageDescriptions.missingBelow(Path.of("src/main/java"))).isEmpty();
    }

    @Test
    void packages_withoutOrWithEmptyDescription_areCaught() throws IOException {
        Path planted = Path.of("src/test/java", PLANTED.split("\\.", -1));

        assertThat(PackageDescriptions.missingBelow(planted.resolve("undescribed")))
                .containsExactly(
                        planted.resolve("undescribed/signalr/bus"), planted.resolve("undescribed/signalr/hub"));
    }

    private static Arguments planted(String name, Function<HouseRules, ArchRule> rule, String evidence) {
        return Arguments.of(name, rule, evidence);
    }
}
