package io.hubwire.signalr.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.signalr.connection.ConnectionEndpoint.Admission;
import io.hubwire.signalr.connection.ConnectionRequest;
import io.hubwire.signalr.hosting.ClaimsPrincipal;
import io.hubwire.signalr.hosting.HostRequest;
import io.hubwire.signalr.transport.TransportKind;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrix of protocol §10.5 and what it does not say. */
class AuthorizationTest {
    private static final String OK = "{\"R\":\"ok\",\"I\":\"0\"}";
    private static final HostRequest NOBODY = request(null);
    private static final HostRequest ALICE = request("alice");
    private static final HostRequest ALICE_ADMIN = request("ALICE", "admin");
    private static final HostRequest BOB_ADMIN = request("bob", "admin");

    public abstract static class Base extends Hub {
        public String call() {
            return "ok";
        }
    }

    @HubName("open")
    public static class OpenHub extends Base {}

    @Authorize
    public abstract static class Members extends Base {}

    @HubName("inherited")
    public static class InheritedHub extends Members {}

    @HubName("roles")
    @Authorize(roles = " root , admin")
    public static class RolesHub extends Base {}

    @HubName("usersAndRoles")
    @Authorize(users = "Alice,carol", roles = "admin")
    public static class UsersAndRolesHub extends Base {}

    @HubName("both")
    @Authorize(users = "alice")
    @Authorize(roles = "admin")
    public static class RepeatedHub extends Base {}

    @HubName("adminsOfMembers")
    @Authorize(roles = "admin")
    public static class AdminsOfMembersHub extends Members {}

    @HubName("incoming")
    @Authorize(requireOutgoing = false)
    public static class IncomingHub extends Base {}

    @HubName("method")
    public static class MethodHub extends Base {
        @Override
        @Authorize(roles = "admin")
        public String call() {
            return super.call();
        }
    }

    @HubName("overriding")
    public static class OverridingHub extends MethodHub {
        @Override
        public String call() {
            return super.call();
        }
    }

    @HubName("claims")
    @Authorize(
            claims = {
                @Authorize.Claim(
                        name = "dept",
                        values = {"it", "hr"}),
                @Authorize.Claim(name = "badge")
            })
    public static class ClaimsHub extends Base {}

    @HubName("standard")
    @RolesAllowed("admin")
    public static class StandardHub extends Base {
        @PermitAll
        public String open() {
            return "ok";
        }

        @DenyAll
        public String closed() {
            return "ok";
        }

        @RolesAllowed("**")
        public String member() {
            return "ok";
        }
    }

    @HubName("denied")
    @DenyAll
    public static class DeniedHub extends Base {}

    @HubName("contradiction")
    @DenyAll
    @PermitAll
    public static class ContradictingHub extends Base {}

    /** Decides by the query. */
    public static class Password extends HubAuthorizer {
        @Override
        protected boolean isUserAuthorized(AuthorizationRule rule, HostRequest request) {
            return request.query().text("password").equals("sesame");
        }
    }

    @HubName("custom")
    @Authorize(by = Password.class)
    public static class CustomHub extends Base {}

    /** An admission as {@code granted} or {@code denied}, and whether a call by that user gets its result. */
    static Stream<Arguments> matrix() {
        return Stream.of(
                Arguments.of(OpenHub.class, NOBODY, true, true),
                Arguments.of(OpenHub.class, ALICE, true, true),
                Arguments.of(InheritedHub.class, NOBODY, false, false),
                Arguments.of(InheritedHub.class, ALICE, true, true),
                Arguments.of(RolesHub.class, NOBODY, false, false),
                Arguments.of(RolesHub.class, ALICE, false, false),
                Arguments.of(RolesHub.class, BOB_ADMIN, true, true),
                Arguments.of(UsersAndRolesHub.class, NOBODY, false, false),
                Arguments.of(UsersAndRolesHub.class, ALICE, false, false),
                Arguments.of(UsersAndRolesHub.class, BOB_ADMIN, false, false),
                Arguments.of(UsersAndRolesHub.class, ALICE_ADMIN, true, true),
                Arguments.of(RepeatedHub.class, BOB_ADMIN, false, false),
                Arguments.of(RepeatedHub.class, ALICE_ADMIN, true, true),
                Arguments.of(AdminsOfMembersHub.class, ALICE, false, false),
                Arguments.of(AdminsOfMembersHub.class, BOB_ADMIN, true, true),
                Arguments.of(IncomingHub.class, NOBODY, true, false),
                Arguments.of(IncomingHub.class, ALICE, true, true),
                Arguments.of(MethodHub.class, NOBODY, true, false),
                Arguments.of(MethodHub.class, ALICE, true, false),
                Arguments.of(MethodHub.class, BOB_ADMIN, true, true),
                Arguments.of(OverridingHub.class, ALICE, true, false),
                Arguments.of(OverridingHub.class, BOB_ADMIN, true, true),
                Arguments.of(StandardHub.class, ALICE, false, false),
                Arguments.of(StandardHub.class, BOB_ADMIN, true, true),
                Arguments.of(DeniedHub.class, ALICE_ADMIN, false, false),
                Arguments.of(CustomHub.class, ALICE_ADMIN, false, false),
                Arguments.of(CustomHub.class, ((FakeRequest) NOBODY).with("password", "sesame"), true, true));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void authorize_matrix(Class<?> hub, FakeRequest request, boolean admitted, boolean answered) {
        HubKit kit = HubKit.of(hub);
        String name = hub.getAnnotation(HubName.class).value();

        assertThat(admits(kit, request, name)).isEqualTo(admitted);
        assertThat(call(kit, request, name, "call").equals(OK)).isEqualTo(answered);
    }

    @Test
    void authorize_deniedHubBesideAnOpenOne_isLeftOut() {
        HubKit kit = HubKit.of(OpenHub.class, RolesHub.class);
        HostRequest both = FakeRequest.withHubs("open", "roles").as("alice");

        assertThat(kit.endpoint().signals(kit.request(both)))
                .anyMatch(signal -> signal.contains("open"))
                .noneMatch(signal -> signal.contains("roles"));
    }

    @Test
    void authorize_claims_mustAllBeThere() {
        HubKit kit = HubKit.of(ClaimsHub.class);

        assertThat(call(kit, request("alice"), "claims", "call")).isNotEqualTo(OK);
        assertThat(call(kit, withClaims(Map.of("dept", List.of("it"))), "claims", "call"))
                .isNotEqualTo(OK);
        assertThat(call(kit, withClaims(Map.of("dept", List.of("law"), "badge", List.of("7"))), "claims", "call"))
                .isNotEqualTo(OK);
        assertThat(call(kit, withClaims(Map.of("dept", List.of("law", "hr"), "badge", List.of("7"))), "claims", "call"))
                .isEqualTo(OK);
    }

    @Test
    void standardAnnotation_onAMethod_replacesTheHubs() {
        HubKit kit = HubKit.of(StandardHub.class);

        assertThat(call(kit, NOBODY, "standard", "open")).isEqualTo(OK);
        assertThat(call(kit, NOBODY, "standard", "member")).isNotEqualTo(OK);
        assertThat(call(kit, ALICE, "standard", "member")).isEqualTo(OK);
        assertThat(call(kit, BOB_ADMIN, "standard", "closed")).isNotEqualTo(OK);
    }

    @Test
    void standardAnnotations_thatContradictEachOther_areRefusedAtTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubKit.of(ContradictingHub.class))
                .withMessageContaining("ContradictingHub")
                .withMessageContaining("more than one");
    }

    @Test
    void denial_saysWhichMethod_onlyWithDetailedErrors() {
        assertThat(call(HubKit.of(RolesHub.class), ALICE, "roles", "call"))
                .isEqualTo("{\"I\":\"0\",\"E\":\"There was an error invoking Hub method 'roles.call'.\"}");
        assertThat(call(HubKit.detailed(RolesHub.class), ALICE, "roles", "call"))
                .isEqualTo("{\"I\":\"0\",\"E\":\"Caller is not authorized to invoke the call method on roles.\"}");
    }

    @Test
    void denial_comesBeforeTheQuestionWhetherTheMethodExists() {
        assertThat(call(HubKit.detailed(RolesHub.class), ALICE, "roles", "nosuch"))
                .contains("not authorized");
    }

    @Test
    void requireAuthentication_appliesToEveryHub() {
        HubKit kit = HubKit.of(OpenHub.class);
        kit.deployment().hubPipeline().requireAuthentication();

        assertThat(admits(kit, (FakeRequest) NOBODY, "open")).isFalse();
        assertThat(call(kit, NOBODY, "open", "call")).isNotEqualTo(OK);
        assertThat(call(kit, ALICE, "open", "call")).isEqualTo(OK);
    }

    @Test
    void authorizeModule_asksACustomAuthorizerAboutEveryHub() {
        HubKit kit = HubKit.of(OpenHub.class);
        kit.deployment()
                .hubPipeline()
                .addModule(new AuthorizeModule(new Password(), AuthorizationRule.authenticated()));

        assertThat(call(kit, ALICE, "open", "call")).isNotEqualTo(OK);
        assertThat(call(kit, ((FakeRequest) ALICE).with("password", "sesame"), "open", "call"))
                .isEqualTo(OK);
    }

    @Test
    void authorizer_withoutAUsableConstructor_failsWithItsName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> HubActivator.reflective().create(Runnable.class))
                .withMessageContaining("java.lang.Runnable");
    }

    @Test
    void roles_areThoseThatAnnotationsName() {
        assertThat(HubKit.of(RolesHub.class, MethodHub.class, StandardHub.class)
                        .deployment()
                        .roles())
                .containsExactlyInAnyOrder("admin", "root", "**");
    }

    private static boolean admits(HubKit kit, FakeRequest request, String hub) {
        String hubs = FakeRequest.withHubs(hub).parameters().get("connectionData");
        return kit.endpoint().admit(request.with("connectionData", hubs)) instanceof Admission.Granted;
    }

    private static String call(HubKit kit, HostRequest request, String hub, String method) {
        ConnectionRequest caller = new ConnectionRequest(
                request,
                HubKit.CONNECTION,
                TransportKind.LONG_POLLING,
                ((Admission.Granted) kit.endpoint().admit(FakeRequest.of("/signalr/send"))).scope(),
                new ConcurrentHashMap<>(),
                Optional.empty());
        CompletableFuture<Optional<byte[]>> answer = kit.endpoint()
                .onReceived(caller, "{\"H\":\"" + hub + "\",\"M\":\"" + method + "\",\"A\":[],\"I\":0}")
                .toCompletableFuture();
        return HubKit.response(answer);
    }

    private static FakeRequest request(String user, String... roles) {
        return FakeRequest.of("/signalr/send").as(user, roles);
    }

    private static HostRequest withClaims(Map<String, List<String>> claims) {
        return FakeRequest.of("/signalr/send").as(new Claims("alice", claims));
    }

    private record Claims(String name, Map<String, List<String>> all) implements ClaimsPrincipal, Principal {

        @Override
        public Set<String> claimNames() {
            return all.keySet();
        }

        @Override
        public List<String> claims(String claim) {
            return all.getOrDefault(claim, List.of());
        }

        @Override
        public boolean hasRole(String role) {
            return false;
        }

        @Override
        public String getName() {
            return name;
        }
    }
}
