package io.hubwire.signalr.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class CursorFuzzTest {

    @Property
    void anyText_isACursorOrNone(@ForAll("cursors") String text) {
        Cursor.parse(text).ifPresent(cursor -> {
            assertThat(cursor.epoch()).isNotNegative();
            assertThat(cursor.offset()).isNotNegative();
            assertThat(Cursor.parse(cursor.text())).contains(cursor);
        });
    }

    @Property
    void writtenCursor_comesBackAsItWas(
            @ForAll @LongRange(min = 0) long epoch, @ForAll @LongRange(min = 0) long offset) {
        String text = new Cursor(epoch, offset).text();

        assertThat(text).matches("[0-9a-z]{1,13}-[0-9a-z]{1,13}");
        assertThat(Cursor.parse(text)).contains(new Cursor(epoch, offset));
    }

    @Provide
    Arbitrary<String> cursors() {
        Arbitrary<String> valid = Arbitraries.longs()
                .between(0, Long.MAX_VALUE)
                .tuple2()
                .map(numbers -> new Cursor(numbers.get1(), numbers.get2()).text());
        return Arbitraries.oneOf(
                valid,
                Inputs.spoilt(valid),
                Inputs.texts(),
                Arbitraries.of("d-C6243495-A,0|B,0", "s-0,1F|1,2A", "zzzzzzzzzzzzz-zzzzzzzzzzzzz", "0-0", "-", "٣-٣"));
    }
}
