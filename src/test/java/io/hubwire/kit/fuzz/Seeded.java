package io.hubwire.kit.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every property the seed that is kept for it in {@code fuzz/seeds.properties}, so that the build tries the same inputs each time. With {@code
 * -Dhubwire.fuzz.tries=N} properties try N inputs each, of a new seed that is printed when one fails.
 */
public final class Seeded implements AroundPropertyHook {
    private static final String TRIES = "hubwire.fuzz.tries";
    private static final Properties SEEDS = load();

    private static Properties load() {
        Properties seeds = new Properties();
        try (InputStream kept = Seeded.class.getResourceAsStream("/fuzz/seeds.properties")) {
            seeds.load(kept);
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        Optional<Integer> tries = Optional.ofNullable(Integer.getInteger(TRIES));
        if (tries.isPresent()) {
            attributes.setTries(tries.get());
        } else {
            attributes.setSeed(seed(context));
        }
        return property.execute();
    }

    private static String seed(PropertyLifecycleContext context) {
        String name = context.containerClass().getSimpleName() + "."
                + context.targetMethod().getName();
        String kept = SEEDS.getProperty(name);
        if (kept == null) {
            throw new IllegalStateException("No seed is kept for " + name + " in fuzz/seeds.properties");
        }
        return kept;
    }

    /** On a class, for all of its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    /** Around everything else of a property, so that what it sets is what counts. */
    @Override
    public int aroundPropertyProximity() {
        return -100;
    }
}
