package io.zhitong.backend.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

final class BlacklistSourceTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final DeviceRow TILL = new DeviceRow(ONE, new DeviceId(43), DeviceKind.POS, "收款机");
    private static final DeviceRow DOOR = new DeviceRow(ONE, new DeviceId(42), DeviceKind.CONTROLLER, "门禁");

    private static BlacklistSource over(CredentialBook... books) {
        var beans = new DefaultListableBeanFactory();
        for (int i = 0; i < books.length; i++) {
            beans.registerSingleton("book" + i, books[i]);
        }
        return new BlacklistSource(beans.getBeanProvider(CredentialBook.class));
    }

    private static IssuedCredential credential(String number, CredentialStatus status) {
        return new IssuedCredential(
                CredentialNumber.parse(number),
                new PersonId(UUID.randomUUID()),
                status,
                Validity.between(Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z")),
                1,
                List.of());
    }

    @Test
    void a_till_refuses_every_credential_that_is_not_active_and_a_controller_gets_no_blacklist() {
        BlacklistSource source = over(
                community -> List.of(
                        credential("4403000100000001", CredentialStatus.ACTIVE),
                        credential("4403000100000002", CredentialStatus.LOST)),
                community -> List.of(
                        credential("4403000100000003", CredentialStatus.CANCELLED),
                        credential("4403000100000004", CredentialStatus.BLOCKED)));
        assertThat(source.kind()).isEqualTo(ListKind.BLACKLIST);
        assertThat(source.records(TILL))
                .containsExactly(
                        new BlacklistRecord(CredentialNumber.parse("4403000100000002"), CredentialStatus.LOST),
                        new BlacklistRecord(CredentialNumber.parse("4403000100000003"), CredentialStatus.CANCELLED),
                        new BlacklistRecord(CredentialNumber.parse("4403000100000004"), CredentialStatus.BLOCKED));
        assertThat(source.serves(TILL)).isTrue();
        assertThat(source.serves(DOOR)).isFalse();
    }

    @Test
    void only_credentials_of_the_tills_own_community_are_asked_for() {
        BlacklistSource source = over(community -> {
            assertThat(community).isEqualTo(ONE);
            return List.of();
        });
        assertThat(source.records(TILL)).isEmpty();
    }

    @Test
    void without_any_book_the_list_says_none() {
        assertThat(over().records(TILL)).isEmpty();
    }
}
