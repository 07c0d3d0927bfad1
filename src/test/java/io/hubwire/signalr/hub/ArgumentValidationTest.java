package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints on hub methods, with a provider of Jakarta Validation and without. */
class ArgumentValidationTest {

    public record Line(
            @NotBlank(message = "must be named") String product,
            @Min(value = 1, message = "must be positive") int amount) {}

    public record Order(
            @Size(min = 1, message = "must have a line") List<@Valid Line> lines) {}

    public interface Priced {
        String price(@Max(value = 100, message = "must be 100 at most") int amount);
    }

    @HubName("shop")
    public static class ShopHub extends Hub implements Priced {
        public String greet(@NotBlank(message = "must not be blank") String name) {
            return "hello " + name;
        }

        public int order(@Valid Order order, Progress<Integer> progress) {
            progress.report(1);
            return order.lines().size();
        }

        public String names(List<@NotBlank(message = "must not be blank") String> names) {
            return String.join(",", names);
        }

        @Override
        public String price(int amount) {
            return "for " + amount;
        }

        public String free(String text) {
            return text;
        }
    }

    private final ArgumentValidator validator =
            ArgumentValidator.find(getClass().getClassLoader());
    private final HubKit kit = HubKit.validating(validator, ShopHub.class);

    @AfterEach
    void close() {
        validator.close();
    }

    private static String call(HubKit kit, String method, String arguments) {
        return kit.call("{\"H\":\"shop\",\"M\":\"" + method + "\",\"A\":[" + arguments + "],\"I\":0}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            greet | "x"                                                    | "hello x"
            order | {"lines":[{"product":"p","amount":1}]}                 | 1
            names | ["a","b"]                                              | "a,b"
            price | 100                                                    | "for 100"
            free  | ""                                                     | ""
            """)
    void call_withArgumentsThatKeepTheConstraints_isCarriedOut(String method, String arguments, String result) {
        assertThat(call(kit, method, arguments)).isEqualTo("{\"R\":" + result + ",\"I\":\"0\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            greet | ""                                     | name              | must not be blank
            greet | null                                   | name              | must not be blank
            order | {"lines":[]}                           | order.lines       | must have a line
            order | {"lines":[{"product":"p","amount":0}]} | order.lines[0].amount | must be positive
            names | ["a"," "]                              | names[1].<list element> | must not be blank
            price | 101                                    | amount            | must be 100 at most
            """)
    void call_withAnArgumentThatBreaksAConstraint_isRefusedSayingWhereAndWhy(
            String method, String arguments, String path, String message) {
        assertThat(call(kit, method, arguments))
                .isEqualTo("{\"I\":\"0\",\"H\":true,\"E\":\"The arguments are not valid: " + path + " " + message
                        + ".\",\"D\":[{\"path\":\"" + path + "\",\"message\":\"" + message + "\"}]}");
        assertThat(kit.publisher().published()).isEmpty();
    }

    @Test
    void call_withSeveralViolations_tellsThemAllInOrder() {
        assertThat(call(kit, "order", "{\"lines\":[{\"product\":\"\",\"amount\":0}]}"))
                .contains(
                        "The arguments are not valid: order.lines[0].amount must be positive; order.lines[0].product must be named.");
    }

    @Test
    void call_thatIsRefusedBefore_isNotValidated() {
        kit.deployment().hubPipeline().addModule(new HubPipelineModule() {
            @Override
            protected boolean onBeforeIncoming(HubIncomingContext context) {
                throw new HubException("not you");
            }
        });
        assertThat(call(kit, "greet", "\"\"")).contains("not you").doesNotContain("blank");
    }

    @Test
    void call_ofWhatIsNotThere_isUnresolvedAsEver() {
        assertThat(call(kit, "nosuch", "1")).contains("There was an error invoking Hub method 'shop.nosuch'.");
    }

    /* --- without --- */

    /** Sees no provider, and not even the API when that is hidden, too. */
    private static final class HidingLoader extends ClassLoader {
        private static final String SERVICE = "META-INF/services/jakarta.validation.spi.ValidationProvider";
        private final Set<String> defined;

        HidingLoader(boolean withApi) {
            super(ArgumentValidationTest.class.getClassLoader());
            defined = withApi
                    ? Set.of("io.hubwire.signalr.hosting.validation.", "jakarta.validation.")
                    : Set.of("io.hubwire.signalr.hosting.validation.");
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (defined.stream().anyMatch(name::startsWith)) {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> loaded = findLoadedClass(name);
                    return loaded == null ? define(name) : loaded;
                }
            }
            if (name.startsWith("jakarta.validation.") || name.startsWith("org.hibernate.validator.")) {
                throw new ClassNotFoundException(name + " is hidden");
            }
            return super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(SERVICE) ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void call_withoutAProvider_isNotValidated(boolean withApi) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        HidingLoader loader = new HidingLoader(withApi);
        Thread.currentThread().setContextClassLoader(loader);
        try (ArgumentValidator absent = ArgumentValidator.find(loader)) {
            assertThat(absent.getClass().getClassLoader()).isSameAs(loader);
            HubKit unvalidated = HubKit.validating(absent, ShopHub.class);
            assertThat(call(unvalidated, "greet", "\"\"")).isEqualTo("{\"R\":\"hello \",\"I\":\"0\"}");
            assertThat(call(unvalidated, "price", "101")).isEqualTo("{\"R\":\"for 101\",\"I\":\"0\"}");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
