package io.hubwire.push.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadSlotsTest {
    private final UploadSlots slots = new UploadSlots(3, 2);

    @Test
    void take_oneMoreThanAnOwnerMay_isRefused() {
        assertThat(slots.take("alice")).isPresent();
        assertThat(slots.take("alice")).isPresent();

        assertThat(slots.take("alice")).isEmpty();
        assertThat(slots.take("bob")).isPresent();
    }

    @Test
    void take_oneMoreThanAllMay_isRefused() {
        slots.take("alice");
        slots.take("alice");
        slots.take("bob");

        assertThat(slots.take("carol")).isEmpty();
    }

    @Test
    void close_slot_isFreeAgain() {
        var slot = slots.take("alice").orElseThrow();
        slots.take("alice");
        slot.close();

        assertThat(slots.take("alice")).isPresent();
        assertThat(slots.take("alice")).isEmpty();
    }
}
