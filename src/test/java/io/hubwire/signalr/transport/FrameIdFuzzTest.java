package io.hubwire.signalr.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class FrameIdFuzzTest {

    @Property
    void anyText_isAFrameIdOrNone(@ForAll("frameIds") String text) {
        OptionalLong id = ForeverFrameTransport.frameId(text);
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xFFFF_FFFFL) {
            assertThat(id).hasValue(Long.parseLong(text));
        } else {
            assertThat(id).isEmpty();
        }
    }

    @Property
    void unsigned32Bits_areAFrameId(@ForAll @LongRange(min = 0, max = 0xFFFF_FFFFL) long number) {
        assertThat(ForeverFrameTransport.frameId(Long.toString(number))).hasValue(number);
    }

    @Provide
    Arbitrary<String> frameIds() {
        Arbitrary<String> numbers =
                Arbitraries.longs().between(-10, 10_000_000_000L).map(String::valueOf);
        return Arbitraries.oneOf(
                numbers,
                Inputs.spoilt(numbers),
                Inputs.texts(),
                Arbitraries.of("٣", "１", "+1", "4294967295", "4294967296"));
    }
}
