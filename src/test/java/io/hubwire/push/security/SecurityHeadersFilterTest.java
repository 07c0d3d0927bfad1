package io.hubwire.push.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What depends on the request alone; what browsers get is tried on the running application. */
class SecurityHeadersFilterTest {
    private final Map<String, String> headers = new HashMap<>();

    @Test
    void strictTransportSecurity_isSaidOverHttpsAlone() throws Exception {
        assertThat(filter("/index.html", true)).containsEntry("Strict-Transport-Security", "max-age=31536000");
        headers.clear();
        assertThat(filter("/index.html", false)).doesNotContainKey("Strict-Transport-Security");
    }

    @Test
    void framing_isForSignalRAlone_andForOurOwnPages() throws Exception {
        assertThat(filter("/signalr/connect", false))
                .containsEntry("X-Frame-Options", "SAMEORIGIN")
                .hasEntrySatisfying(
                        "Content-Security-Policy", policy -> assertThat(policy).contains("frame-ancestors 'self'"))
                .doesNotContainKey("Cross-Origin-Resource-Policy");
        headers.clear();
        assertThat(filter("/signalrx", false))
                .containsEntry("X-Frame-Options", "DENY")
                .hasEntrySatisfying(
                        "Content-Security-Policy", policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    }

    private Map<String, String> filter(String path, boolean secure) throws Exception {
        HttpServletRequest request =
                fake(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRequestURI", "getServletPath" -> path;
                    case "getContextPath" -> "";
                    case "isSecure" -> secure;
                    default -> null;
                });
        HttpServletResponse response = fake(HttpServletResponse.class, (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("setHeader");
            headers.put((String) arguments[0], (String) arguments[1]);
            return null;
        });
        new SecurityHeadersFilter().doFilter(request, response, (passed, on) -> {});
        return headers;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
