package io.hubwire.push.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpValuesTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,     0, 0",
        "bytes=0-,      0, 99",
        "bytes=10-19,  10, 19",
        "bytes=90-200, 90, 99",
        "bytes=-10,    90, 99",
        "bytes=-1000,   0, 99"
    })
    void range_single_isCutToTheFile(String header, long first, long last) {
        assertThat(ByteRange.of(header, null, "\"t\"", 100)).isEqualTo(new ByteRange.Span(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=1-2,4-5", "lines=1-2", "bytes=5-4", "bytes=-", "bytes=a-b", "bytes=99999999999999999999-"
            })
    void range_severalOrMalformed_isTheWhole(String header) {
        assertThat(ByteRange.of(header, null, "\"t\"", 100)).isEqualTo(new ByteRange.Whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void range_beyondTheFile_isUnsatisfiable(String header) {
        assertThat(ByteRange.of(header, null, "\"t\"", 100)).isEqualTo(new ByteRange.Unsatisfiable());
    }

    @Test
    void range_ofAnotherVersion_isTheWhole() {
        assertThat(ByteRange.of("bytes=1-2", "\"old\"", "\"t\"", 100)).isEqualTo(new ByteRange.Whole());
        assertThat(ByteRange.of("bytes=1-2", "\"t\"", "\"t\"", 100)).isEqualTo(new ByteRange.Span(1, 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            report.pdf    | attachment; filename="report.pdf"; filename*=UTF-8''report.pdf
            a b.txt       | attachment; filename="a b.txt"; filename*=UTF-8''a%20b.txt
            naïve €.txt   | attachment; filename="na_ve _.txt"; filename*=UTF-8''na%C3%AFve%20%E2%82%AC.txt
            100%'(1).txt  | attachment; filename="100_'(1).txt"; filename*=UTF-8''100%25%27%281%29.txt
            """)
    void contentDisposition_name_isThereTwice(String name, String header) {
        assertThat(ContentDisposition.attachment(name)).isEqualTo(header);
    }

    @Test
    void contentDisposition_quotesAndLineBreaks_cantEscape() {
        assertThat(ContentDisposition.attachment("a\"; x=\"\\\r\nSet-Cookie: y"))
                .isEqualTo("attachment; filename=\"a_; x=____Set-Cookie: y\";"
                        + " filename*=UTF-8''a%22%3B%20x%3D%22%5C%0D%0ASet-Cookie%3A%20y");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 bytes",
        "1000, 1000 bytes",
        "1024, 1 KB",
        "1536, 1536 bytes",
        "52428800, 50 MB",
        "10737418240, 10 GB"
    })
    void byteSize_readsAsItWasSet(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, image/png",
        "image/svg+xml, application/octet-stream",
        "text/html, application/octet-stream",
        "text/plain, text/plain",
        "application/javascript, application/octet-stream",
        "application/xhtml+xml, application/octet-stream"
    })
    void servedType_whatCanCarryScripts_isBytes(String detected, String served) {
        assertThat(ServedType.of(detected)).isEqualTo(served);
    }
}
