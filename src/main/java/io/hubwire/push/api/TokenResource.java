package io.hubwire.push.api;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.PushLimit;
import io.hubwire.push.security.BearerTokens;
import io.hubwire.push.security.SignInLimiter;
import io.hubwire.push.service.Refusals;
import io.hubwire.push.service.SignIn;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Signing in: OAuth 2.0's resource owner password grant, answers as in RFC 6749 §5. */
@Path("token")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    @Inject
    SignIn signIn;

    @Inject
    BearerTokens tokens;

    @Inject
    SignInLimiter limiter;

    @Inject
    Refusals refusals;

    @Context
    HttpServletRequest request;

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(MultivaluedMap<String, String> form) {
        Optional<String> grant = single(form, "grant_type");
        Optional<String> name = single(form, "username");
        Optional<String> password = single(form, "password");
        if (grant.isEmpty() || name.isEmpty() || password.isEmpty()) {
            return refuse(400, "invalid_request", "grant_type, username and password are needed, each once.");
        }
        if (!grant.get().equals("password")) {
            return refuse(400, "unsupported_grant_type", "grant_type must be password.");
        }
        return limiter.begin(name.get(), request.getRemoteAddr())
                .map(this::tooManyAttempts)
                .orElseGet(() -> signIn(name.get(), password.get()));
    }

    private Response signIn(String name, String password) {
        Optional<Account> account = signIn.signIn(name, password);
        if (account.isEmpty()) {
            return refuse(401, "invalid_grant", "The user name or the password is wrong.");
        }
        limiter.succeeded(name, request.getRemoteAddr());
        return Response.ok(new Token(
                        tokens.issue(account.get()), "bearer", tokens.lifetime().toSeconds(), User.of(account.get())))
                .header("Pragma", "no-cache")
                .build();
    }

    private static Optional<String> single(MultivaluedMap<String, String> form, String name) {
        List<String> values = form.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private Response tooManyAttempts(Duration wait) {
        refusals.refused(PushLimit.SIGN_IN_ATTEMPTS);
        // Rounded up: a client that comes back in time must not find the door still shut.
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return Response.fromResponse(
                        refuse(429, "too_many_attempts", "Too many attempts. Try again in " + seconds + " seconds."))
                .header("Retry-After", seconds)
                .build();
    }

    private static Response refuse(int status, String error, String description) {
        Response.ResponseBuilder answer = Response.status(status).entity(new Refusal(error, description));
        return (status == 401 ? answer.header("WWW-Authenticate", "Bearer realm=\"hubwire\"") : answer).build();
    }

    /** RFC 6749 §5.1, and who signed in. */
    public record Token(
            @JsonbProperty("access_token") String accessToken,
            @JsonbProperty("token_type") String tokenType,
            @JsonbProperty("expires_in") long expiresIn,
            User user) {
        @Override
        public String toString() {
            return "Token[" + user.name() + "]";
        }
    }

    /** Who signed in, with the roles that the token carries, in the order of their names: pages go by them in what they show. */
    public record User(String name, String displayName, List<String> roles) {

        private static User of(Account account) {
            List<String> roles = List.copyOf(new TreeSet<>(account.roles()));
            return new User(account.name(), account.person().displayName(), roles);
        }
    }

    /** RFC 6749 §5.2. */
    public record Refusal(
            String error,
            @JsonbProperty("error_description") String description) {}
}
