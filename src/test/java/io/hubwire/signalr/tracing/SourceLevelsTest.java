package io.hubwire.signalr.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLevelsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Off,             -",
                "Critical,        -",
                "Error,           Error",
                "Warning,         Error Warning",
                "Information,     Error Warning Information",
                "Verbose,         Error Warning Information Verbose",
                "All,             Error Warning Information Verbose",
                "ActivityTracing, -",
                "verbose,         Error Warning Information Verbose",
                "' Warning ',     Error Warning",
                "'Error, ActivityTracing', Error",
                "0,               -",
                "3,               Error",
                "7,               Error Warning",
                "15,              Error Warning Information",
                "31,              Error Warning Information Verbose",
                "-1,              Error Warning Information Verbose",
                "16,              Verbose",
                "4,               Warning"
            })
    void passes_byValueOfSwitch_isAsInDotNet(String value, String passing) {
        SourceLevels levels = SourceLevels.parse(value);

        assertThat(Arrays.stream(TraceEventType.values())
                        .filter(levels::passes)
                        .map(TraceEventType::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(passing == null ? "" : passing);
        assertThat(levels.isOff()).isEqualTo(passing == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Loud", "Error,", "1.5", "99999999999", "Error Warning"})
    void parse_unknownValue_namesItAndThoseThatExist(String value) {
        assertThatThrownBy(() -> SourceLevels.parse(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + value + "\"")
                .hasMessageContaining("Off, Critical, Error, Warning, Information, Verbose, ActivityTracing, All");
    }

    @Test
    void text_ofLevels_isNameOrNumber() {
        assertThat(List.of(SourceLevels.parse("31"), SourceLevels.parse("off"), SourceLevels.parse("16")))
                .extracting(SourceLevels::toString)
                .containsExactly("Verbose", "Off", "16");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, Error", "WARNING, Warning", "INFO, Information", "DEBUG, Information", "TRACE, Verbose"})
    void type_ofLogLevel_isTheNearestOne(Level level, String type) {
        assertThat(TraceEventType.of(level).map(TraceEventType::text)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "OFF"})
    void type_ofWhatNobodyLogsAt_isEmpty(Level level) {
        assertThat(TraceEventType.of(level)).isEqualTo(Optional.empty());
    }
}
