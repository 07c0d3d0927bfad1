package io.hubwire.push.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.push.domain.Account;
import io.hubwire.push.domain.PasswordHasher;
import io.hubwire.push.domain.Person;
import io.hubwire.push.kit.MovableClock;
import io.hubwire.push.kit.TestDatabase;
import io.hubwire.push.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInTest {
    private final Database database = TestDatabase.open();
    private final CountingHasher hasher = new CountingHasher();
    private final SignIn signIn = new SignIn(database, hasher, new DemoUsers(true));

    @BeforeEach
    void register() {
        new DemoUsers(true).register(registration());
        hasher.verified.clear();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void signIn_rightPassword_isTheAccount() {
        assertThat(signIn.signIn(" Alice", "demo-alice")).map(Account::name).contains("alice");
    }

    @ParameterizedTest
    @CsvSource({"alice, wrong", "nobody, demo-alice", "'', x", "'a b', x"})
    void signIn_unknownNameOrWrongPassword_costsOneVerificationEach(String name, String password) {
        assertThat(signIn.signIn(name, password)).isEmpty();
        assertThat(hasher.verified).containsExactly(password);
    }

    @Test
    void signIn_unknownName_cantSignInWithNobodysPassword() {
        assertThat(signIn.signIn("nobody", "")).isEmpty();
    }

    @Test
    void signIn_demoUserWhileDisabled_isRefused() {
        var closed = new SignIn(database, hasher, new DemoUsers(false));

        assertThat(closed.signIn("alice", "demo-alice")).isEmpty();
    }

    @Test
    void register_secondStart_addsNobody() {
        new DemoUsers(true).register(registration());

        assertThat(new People(database).others("alice"))
                .extracting(someone -> someone.person().displayName())
                .containsExactly("Bob Baker", "Carol Cook", "Olga Operator");
    }

    @Test
    void register_demoUserThatIsNewAmongThem_isAddedToTheOthers() {
        try (Database before = TestDatabase.open()) {
            before.runInTransaction(stored -> stored.accounts()
                    .add(
                            new Account(new Person("alice", "Alice Archer"), "hash", Set.of("user", "demo")),
                            Instant.EPOCH));

            new DemoUsers(true).register(new Registration(before, hasher, new MovableClock()));

            assertThat(new SignIn(before, hasher, new DemoUsers(true)).signIn("operator", "demo-operator"))
                    .hasValueSatisfying(operator -> assertThat(operator.roles()).contains("Operator"));
        }
    }

    @Test
    void register_whereOthersAre_addsNobody() {
        try (Database others = TestDatabase.open("erin")) {
            new DemoUsers(true).register(new Registration(others, hasher, new MovableClock()));

            assertThat(new People(others).others("erin")).isEmpty();
        }
    }

    @Test
    void register_disabled_addsNobody() {
        try (Database empty = TestDatabase.open()) {
            new DemoUsers(false).register(new Registration(empty, hasher, new MovableClock()));

            assertThat(new People(empty).others("")).isEmpty();
        }
    }

    private Registration registration() {
        return new Registration(database, hasher, new MovableClock());
    }

    /** Keeps record of the passwords that it was asked to verify. */
    private static final class CountingHasher implements PasswordHasher {
        private final List<String> verified = new ArrayList<>();

        @Override
        public String hash(String password) {
            return "hash of " + password;
        }

        @Override
        public boolean matches(String password, String hash) {
            verified.add(password);
            return hash.equals(hash(password));
        }
    }
}
