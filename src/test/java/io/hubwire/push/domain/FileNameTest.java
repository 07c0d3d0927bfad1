package io.hubwire.push.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            report.pdf,                  report.pdf
            ../x,                        x
            ../../etc/passwd,            passwd
            C:\\Users\\bob\\photo.jpg,   photo.jpg
            a/b\\c/d.txt,                d.txt
            CON,                         _CON
            con.txt,                     _con.txt
            Lpt1.tar.gz,                 _Lpt1.tar.gz
            COM¹,                        _COM¹
            'NUL .txt',                  _NUL .txt
            CONSOLE.txt,                 CONSOLE.txt
            .htaccess,                   htaccess
            'name. . ',                  name
            a<b>:c|d?e*f.txt,            a_b__c_d_e_f.txt
            Übersicht – Mai.txt,         Übersicht – Mai.txt
            写真.jpg,                     写真.jpg
            """)
    void safe_declaredName_keepsWhatIsHarmless(String declared, String safe) {
        assertThat(FileName.safe(declared)).isEqualTo(safe);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"..", ".", "/", "a/", "\\", " . ", "\u0000\u0007", "\u202e"})
    void safe_nothingRemains_isFile(String declared) {
        assertThat(FileName.safe(declared)).isEqualTo("file");
    }

    @Test
    void safe_controlAndBidirectionalCharacters_areDropped() {
        assertThat(FileName.safe("in\u0000vo\r\nice\u202Efdp.exe\u2069")).isEqualTo("invoicefdp.exe");
    }

    @Test
    void safe_emojiWithJoiner_survives() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69.png";
        assertThat(FileName.safe(family)).isEqualTo(family);
    }

    @Test
    void safe_loneSurrogate_isDropped() {
        assertThat(FileName.safe("a\uD800b.txt")).isEqualTo("ab.txt");
    }

    @Test
    void safe_decomposedLetter_isComposed() {
        assertThat(FileName.safe("u\u0308.txt")).isEqualTo("\u00fc.txt");
    }

    @Test
    void safe_atTheLimit_isUnchanged() {
        String name = "a".repeat(FileName.MAX_LENGTH - 4) + ".txt";
        assertThat(FileName.safe(name)).isEqualTo(name);
    }

    @Test
    void safe_oneOverTheLimit_losesOneBeforeTheExtension() {
        assertThat(FileName.safe("a".repeat(FileName.MAX_LENGTH - 3) + ".txt"))
                .isEqualTo("a".repeat(FileName.MAX_LENGTH - 4) + ".txt");
    }

    @Test
    void safe_threeHundredCharacters_keepsTheExtension() {
        assertThat(FileName.safe("x".repeat(300) + ".jpeg"))
                .hasSize(FileName.MAX_LENGTH)
                .endsWith("x.jpeg");
    }

    @Test
    void safe_longExtension_isNoExtension() {
        assertThat(FileName.safe("a." + "b".repeat(300)))
                .hasSize(FileName.MAX_LENGTH)
                .startsWith("a.bbb");
    }

    @Test
    void safe_cutWithinAPair_dropsThePair() {
        String name = "a".repeat(FileName.MAX_LENGTH - 1) + "\uD83D\uDE00";
        assertThat(FileName.safe(name)).isEqualTo("a".repeat(FileName.MAX_LENGTH - 1));
    }

    @Test
    void safe_longDeviceName_staysWithinTheLimit() {
        assertThat(FileName.safe("NUL." + "a".repeat(116)))
                .hasSize(FileName.MAX_LENGTH)
                .startsWith("_NUL.");
    }
}
