package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.ListKind;
import io.zhitong.cardspec.CredentialNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListScopeTest {
    private static final CredentialNumber CARD = CredentialNumber.parse("4403010100000001");

    @Test
    void a_mark_is_a_word_and_back() {
        for (ListScope scope : List.of(ListScope.EVERYTHING, ListScope.of(ListKind.PINS), ListScope.of(CARD))) {
            assertThat(ListScope.parse(scope.word())).isEqualTo(scope);
        }
        assertThat(ListScope.of(CARD).word()).isEqualTo("credential 4403010100000001");
        assertThat(ListScope.of(ListKind.PINS).word()).isEqualTo("kind 12");
    }

    @Test
    void marks_add_up_and_everything_swallows_the_rest() {
        ListScope both = ListScope.all(List.of(ListScope.of(ListKind.PINS), ListScope.of(CARD)));
        assertThat(both.whole(ListKind.PINS)).isTrue();
        assertThat(both.whole(ListKind.ACCESS)).isFalse();
        assertThat(both.credentials()).containsExactly(CARD);
        assertThat(ListScope.all(List.of(both, ListScope.EVERYTHING))).isEqualTo(ListScope.EVERYTHING);
        assertThat(ListScope.EVERYTHING.whole(ListKind.ACCESS)).isTrue();
    }
}
