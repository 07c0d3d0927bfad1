package io.hubwire.signalr.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.SettingContract;
import io.hubwire.signalr.config.setting.ConfigSources;
import io.hubwire.signalr.config.setting.EffectiveSettings;
import io.hubwire.signalr.config.setting.SettingGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each setting of the library. */
class SettingTest extends SettingContract {

    @Override
    protected List<SettingGroup> groups() {
        return Catalogue.groups();
    }

    @Override
    protected EffectiveSettings read(ConfigSources sources) {
        return WebConfig.read(sources, SettingTest.class.getClassLoader()).settings();
    }

    @Test
    void catalogue_isNotEmpty() {
        assertThat(Catalogue.settings()).hasSizeGreaterThan(40);
    }
}
