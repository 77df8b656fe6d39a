package io.zhitong.pos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.BlacklistRecord;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListTarget;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardterminal.CardAcceptance;
import io.zhitong.cos.Card;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BlacklistTest {
    private static final Sm2PrivateKey POLICY = Sm2PrivateKey.generate(RandomSource.secure());

    private final Blacklist blacklist = new Blacklist();
    private final Card chen = TestCards.card(TestCards.CHEN, 1_000);
    private final Card wang = TestCards.card(TestCards.WANG, 1_000);

    private static SignedList list(long version, String... numbers) {
        List<BlacklistRecord> records = Stream.of(numbers)
                .map(each -> new BlacklistRecord(CredentialNumber.parse(each), CredentialStatus.LOST))
                .toList();
        return SignedList.sign(
                new ListTarget(
                        new CommunityId(1),
                        new DeviceId(43),
                        ListKind.BLACKLIST,
                        new ListVersion(1, version),
                        1_795_262_400L,
                        ListHeader.NO_LEASE_END),
                records,
                POLICY.publicKey(),
                message -> Sm2.sign(POLICY, message, RandomSource.secure()));
    }

    private boolean sells(Card card) {
        return sells(card, blacklist);
    }

    private static boolean sells(Card card, CardAcceptance acceptance) {
        Till till = new Till(
                HandReader.with(card),
                new SamSlot(HandReader.with(TestCards.psam())),
                OpenPurchases.read(new MemoryLog()),
                acceptance,
                () -> LocalDateTime.of(2026, 11, 21, 15, 30),
                new Till.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20)));
        SaleResult result = till.sell(1);
        if (result instanceof SaleResult.Refused refused) {
            assertEquals("BLACKLISTED", refused.reason());
        }
        return result instanceof SaleResult.Paid;
    }

    @Test
    void without_a_list_nobody_is_refused() {
        assertTrue(sells(chen));
    }

    @Test
    void listed_card_is_refused_and_its_neighbour_is_not() {
        blacklist.install(list(1, TestCards.CHEN));
        assertFalse(sells(chen));
        assertTrue(sells(wang));
        assertEquals(1_000, TestCards.balance(chen));
    }

    @Test
    void newer_list_replaces_the_one_before() {
        blacklist.install(list(1, TestCards.CHEN));
        blacklist.install(list(2, TestCards.WANG));
        assertTrue(sells(chen));
        assertFalse(sells(wang));
        blacklist.install(list(3));
        assertTrue(sells(wang));
    }
}
