package io.hubwire.signalr.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.kit.fuzz.Inputs;
import io.hubwire.kit.fuzz.Seeded;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(Seeded.class)
class TokensFuzzTest {
    private static final KeyRing KEYS = KeyRing.random();
    private static final String ID = "00112233-4455-6677-8899-aabbccddeeff";

    @Property
    void anyText_isNoToken(@ForAll("texts") String text) {
        assertThat(ConnectionToken.unprotect(KEYS, text)).isEmpty();
        assertThat(GroupsToken.unprotect(KEYS, text, ID)).isEmpty();
    }

    @Property
    void connectionToken_comesBackAsItWas_andUnderNoOtherPurpose(@ForAll("users") String user) {
        ConnectionToken token = new ConnectionToken(ID, user);
        String text = token.protect(KEYS);

        assertThat(ConnectionToken.unprotect(KEYS, text)).contains(token);
        assertThat(GroupsToken.unprotect(KEYS, text, ID)).isEmpty();
        assertThat(ConnectionToken.unprotect(KeyRing.random(), text)).isEmpty();
    }

    @Property
    void groupsToken_comesBackAsItWas_forItsConnectionAlone(@ForAll("groups") List<GroupsToken.Group> groups) {
        GroupsToken token = new GroupsToken(ID, "abc-12", groups);
        String text = token.protect(KEYS);

        assertThat(GroupsToken.unprotect(KEYS, text, ID)).contains(token);
        assertThat(GroupsToken.unprotect(KEYS, text, ID.replace('0', '1'))).isEmpty();
        assertThat(ConnectionToken.unprotect(KEYS, text)).isEmpty();
    }

    @Property
    void spoiltToken_isNoToken(@ForAll("spoiltTokens") Spoilt token) {
        if (!token.spoilt().equals(token.valid())) {
            assertThat(ConnectionToken.unprotect(KEYS, token.spoilt())).isEmpty();
        }
    }

    /** Bytes that our key closed but no release of ours wrote. */
    @Property
    void anyBytes_thatAreOurs_areReadOrNot_butNeverThrow(@ForAll byte[] bytes) {
        String connection = KEYS.protector(ConnectionToken.PURPOSE).protect(bytes);
        String groups = KEYS.protector(GroupsToken.PURPOSE).protect(bytes);

        ConnectionToken.unprotect(KEYS, connection)
                .ifPresent(token -> assertThat(token.connectionId()).isNotEmpty());
        GroupsToken.unprotect(KEYS, groups, ID)
                .ifPresent(token -> assertThat(token.connectionId()).isEqualToIgnoringCase(ID));
    }

    record Spoilt(String valid, String spoilt) {}

    @Provide
    Arbitrary<Spoilt> spoiltTokens() {
        return users().flatMap(user -> {
            String valid = new ConnectionToken(ID, user).protect(KEYS);
            return Inputs.spoilt(Arbitraries.just(valid)).map(spoilt -> new Spoilt(valid, spoilt));
        });
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> base64 =
                Arbitraries.strings().alpha().numeric().withChars("-_").ofMaxLength(200);
        return Arbitraries.oneOf(Inputs.texts(), base64, base64.map(text -> "AQ" + text));
    }

    @Provide
    Arbitrary<String> users() {
        return Inputs.encodableTexts();
    }

    @Provide
    Arbitrary<List<GroupsToken.Group>> groups() {
        Arbitrary<Long> joins = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 1000), Arbitraries.longs().between(0, Long.MAX_VALUE));
        return Combinators.combine(Inputs.encodableTexts(), joins)
                .as(GroupsToken.Group::new)
                .list()
                .uniqueElements(GroupsToken.Group::name)
                .ofMaxSize(10);
    }
}
