package io.zhitong.backend.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.keys.BlastRadius.Answer;
import io.zhitong.backend.keys.BlastRadius.Reach;
import io.zhitong.backend.keys.Rotation.Progress;
import io.zhitong.backend.people.PersonId;
import io.zhitong.backend.people.TestPeople;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyRegister;
import io.zhitong.keyapi.CustodyState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyListing;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.KeyState;
import io.zhitong.keyapi.KeyTerms;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.keyapi.KeyVersions;
import io.zhitong.keyapi.SamBinding;
import io.zhitong.smcrypto.Hex;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BothDatabases
final class KeyHoldingsTest {
    private static final CommunityId ONE = new CommunityId(1);
    private static final CommunityId TWO = new CommunityId(2);
    private static final String PSAM_1 = "00004403990000000001";
    private static final String PSAM_2 = "00004403990000000002";
    private static final String DOOR_SAM = "00004403990000000003";
    private static final byte[] CITY = Hex.parse("4403ff0000000000");
    private static final KeyVersions SECOND =
            KeyVersions.all(1).with(KeyUsage.DPK, 2).with(KeyUsage.DLK, 2).with(KeyUsage.DTK, 2);

    private final TestDatabase database;
    private final TestEstate estate;
    private final KeyHoldings holdings;
    private final Rotation rotation;
    private final BlastRadius blast;
    private final List<KeyListing> masters = new ArrayList<>();

    KeyHoldingsTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        holdings = new KeyHoldings(database.jdbc(), Clock.systemUTC());
        rotation = new Rotation(vault(), estate.estate(), holdings, Clock.systemUTC());
        blast = new BlastRadius(estate.estate(), holdings);
    }

    @BeforeEach
    void twoCommunitiesOfOneCity() {
        estate.community(1);
        estate.community(2);
        for (KeyUsage usage : KeyUsage.values()) {
            master(KeyRef.of(usage, 1));
        }
    }

    @Test
    void card_keeps_the_versions_it_was_written_with_last() {
        card(ONE, 1, KeyVersions.all(1), "ACTIVE");
        holdings.cardWritten(ONE, number(1), SECOND);

        assertThat(holdings.card(ONE, number(1))).contains(SECOND);
        assertThat(holdings.card(TWO, number(1))).isEmpty();
        assertThat(holdings.card(ONE, number(2))).isEmpty();
    }

    @Test
    void cards_written_alike_are_counted_together_and_cancelled_ones_are_not() {
        card(ONE, 1, KeyVersions.all(1), "ACTIVE");
        card(ONE, 2, KeyVersions.all(1), "LOST");
        card(ONE, 3, KeyVersions.all(1), "CANCELLED");
        card(ONE, 4, SECOND, "ACTIVE");
        card(TWO, 5, SECOND, "ACTIVE");

        assertThat(holdings.cards(ONE)).isEqualTo(Map.of(KeyVersions.all(1), 2L, SECOND, 1L));
    }

    @Test
    void module_gets_versions_one_after_the_other_and_the_same_again_changes_nothing() {
        psam(ONE, PSAM_1, 1);
        psam(ONE, PSAM_1, 2);
        psam(ONE, PSAM_1, 2);

        assertThat(holdings.sams(ONE))
                .containsExactly(new SamRow(
                        PSAM_1, KeyUsage.DPK, List.of(1, 2), "440300000043", Optional.of(new DeviceId(43)), false));
        assertThat(holdings.samLost(ONE, PSAM_1)).isTrue();
        assertThat(holdings.samLost(ONE, PSAM_1)).isFalse();
        assertThat(holdings.sam(ONE, PSAM_1).orElseThrow().lost()).isTrue();
        assertThatThrownBy(() -> psam(ONE, "x", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rotation_is_done_when_the_last_card_and_the_last_terminal_hold_the_new_version() {
        card(ONE, 1, KeyVersions.all(1), "ACTIVE");
        psam(ONE, PSAM_1, 1);
        psam(ONE, PSAM_2, 1);
        assertThat(progress(KeyUsage.DPK).done()).isTrue();
        for (KeyUsage usage : List.of(KeyUsage.DPK, KeyUsage.DLK, KeyUsage.DTK)) {
            master(KeyRef.of(usage, 2));
        }
        assertThat(rotation.newest(ONE).text()).isEqualTo(SECOND.text());

        card(ONE, 2, rotation.newest(ONE), "ACTIVE");
        psam(ONE, PSAM_1, 2);
        Progress half = progress(KeyUsage.DPK);
        assertThat(half.lines())
                .extracting(
                        line -> line.master().version() + " " + line.cards() + " " + line.sams() + " " + line.newest())
                .containsExactly("1 1 2 false", "2 1 1 true");
        assertThat(List.of(half.cardsBehind(), half.samsBehind())).containsExactly(1L, 1L);
        assertThat(progress(KeyUsage.DTK).samsBehind())
                .as("no SAM holds a TAC key")
                .isZero();

        holdings.samLost(ONE, PSAM_2);
        assertThat(progress(KeyUsage.DPK).samsBehind())
                .as("a lost one counts no more")
                .isZero();
        database.jdbc()
                .sql("update credential set status = 'CANCELLED' where number = ?")
                .param(number(1).value())
                .update();
        assertThat(progress(KeyUsage.DPK).done()).isTrue();
    }

    @Test
    void lost_psam_reaches_the_cards_and_terminals_of_the_whole_city() {
        psam(ONE, PSAM_1, 1);
        psam(TWO, PSAM_2, 1);
        card(ONE, 1, KeyVersions.all(1), "ACTIVE");
        card(TWO, 2, KeyVersions.all(1), "ACTIVE");
        card(TWO, 3, SECOND, "ACTIVE");

        Answer answer = blast.ofSam(ONE, PSAM_1).orElseThrow();
        assertThat(answer.reach()).isEqualTo(Reach.MASTERS);
        assertThat(answer.keys()).extracting(KeyRef::text).containsExactly("DPK/1:4403ff0000000000");
        assertThat(answer.cards()).as("with version 2 it is of no use").isEqualTo(2);
        assertThat(answer.terminals()).extracting(SamRow::serial).containsExactly(PSAM_2);
        assertThat(answer.fastDoors()).isEmpty();
        assertThat(blast.ofSam(TWO, PSAM_1)).isEmpty();
    }

    @Test
    void lost_access_sam_reaches_its_own_community_and_its_fast_doors() {
        door(42, 1, AccessMethod.SEALED);
        door(42, 2, AccessMethod.FAST);
        door(44, 1, AccessMethod.FAST);
        holdings.samWritten(ONE, DOOR_SAM, KeyUsage.ACCESS_FAST, 1, "440300000042", Optional.of(new DeviceId(42)));
        card(ONE, 1, KeyVersions.all(1), "ACTIVE");
        card(TWO, 2, KeyVersions.all(1), "ACTIVE");

        Answer answer = blast.ofSam(ONE, DOOR_SAM).orElseThrow();
        assertThat(answer.keys())
                .extracting(KeyRef::text)
                .containsExactly("ACCESS_FAST/1:4403ff0000000000:0000000044030001");
        assertThat(answer.cards()).isEqualTo(1);
        assertThat(answer.fastDoors()).containsExactly("42/2 门2", "44/1 门1");
        assertThat(answer.fastDoorsWithoutSam()).containsExactly("44/1 门1");
        Answer controller = blast.ofDevice(ONE, new DeviceId(42)).orElseThrow();
        assertThat(controller.keys())
                .extracting(KeyRef::text)
                .isEqualTo(answer.keys().stream().map(KeyRef::text).toList());
        Answer empty = blast.ofDevice(ONE, new DeviceId(44)).orElseThrow();
        assertThat(empty.reach()).isEqualTo(Reach.NO_KEY);
        assertThat(empty.fastDoorsWithoutSam()).containsExactly("44/1 门1");
        assertThat(blast.ofDevice(ONE, new DeviceId(45))).isEmpty();
    }

    @Test
    void lost_card_is_its_own_affair_and_a_mother_card_is_everybodys() {
        psam(ONE, PSAM_1, 1);
        card(ONE, 1, SECOND, "ACTIVE");
        card(TWO, 2, KeyVersions.all(1), "ACTIVE");

        Answer card = blast.ofCard(ONE, number(1)).orElseThrow();
        assertThat(card.reach()).isEqualTo(Reach.ONE_CARD);
        assertThat(card.cards()).isEqualTo(1);
        assertThat(card.terminals()).isEmpty();
        assertThat(card.keys()).extracting(KeyRef::text).contains("DPK/2", "DACK/1");
        assertThat(blast.ofCard(ONE, number(9))).isEmpty();

        Answer root = blast.ofMaster(ONE, KeyRef.of(KeyUsage.DPK, 1));
        assertThat(root.cards()).isEqualTo(1);
        assertThat(root.terminals()).extracting(SamRow::serial).containsExactly(PSAM_1);
        Answer dtk = blast.ofMaster(ONE, KeyRef.of(KeyUsage.DTK, 1, CITY));
        assertThat(dtk.cards()).isEqualTo(1);
        assertThat(dtk.terminals()).isEmpty();
        Answer elsewhere = blast.ofMaster(ONE, KeyRef.of(KeyUsage.DTK, 1, Hex.parse("4401ff0000000000")));
        assertThat(elsewhere.cards()).isZero();
        Answer ours = blast.ofMaster(ONE, KeyRef.of(KeyUsage.ACCESS_LINE, 1, CITY, Hex.parse("0000000044030001")));
        assertThat(ours.cards())
                .as("the other community's doors have other keys")
                .isEqualTo(1);
    }

    @Test
    void modules_of_the_vaults_register_come_in_and_lost_ones_count_no_more() {
        door(42, 1, AccessMethod.FAST);
        psam(ONE, PSAM_1, 2);
        List<CustodyItem> register = List.of(
                item(1, CustodyKind.PURCHASE_SAM, PSAM_1, 1, CustodyState.LOST),
                item(2, CustodyKind.PURCHASE_SAM, PSAM_2, 1, CustodyState.HELD),
                item(3, CustodyKind.ACCESS_SAM, DOOR_SAM, 2, CustodyState.OFFERED),
                item(4, CustodyKind.PURCHASE_SAM, "PSAM1", 1, CustodyState.HELD),
                CustodyItem.fresh(
                        5, new CustodyEntry(CustodyKind.MOTHER_CARD, "MC1", "", "李雷", "保险柜", Optional.empty()), 0));
        SamCustody custody = new SamCustody(people(() -> register), estate.estate(), holdings);
        custody.follow();
        custody.follow();

        assertThat(holdings.sams(ONE))
                .extracting(sam ->
                        sam.kind() + " " + sam.versions() + " " + sam.device().map(DeviceId::value) + " " + sam.lost())
                .containsExactly(
                        "PSAM [2] Optional[43] true",
                        "PSAM [1] Optional[42] false",
                        "ACCESS_SAM [2] Optional[42] false");
        assertThat(holdings.sams(TWO)).isEmpty();
    }

    @Test
    void register_that_is_away_leaves_what_was_known_and_one_that_refuses_is_heard() {
        psam(ONE, PSAM_1, 1);
        new SamCustody(people(() -> refuse(KeyRefusal.UNAVAILABLE)), estate.estate(), holdings).follow();
        assertThat(holdings.sams(ONE)).hasSize(1);
        SamCustody refused = new SamCustody(people(() -> refuse(KeyRefusal.INTERNAL)), estate.estate(), holdings);
        assertThatThrownBy(refused::follow).isInstanceOf(KeyServiceException.class);
    }

    private static List<CustodyItem> refuse(KeyRefusal reason) {
        throw new KeyServiceException(reason, "test");
    }

    private static CustodyItem item(int number, CustodyKind kind, String serial, int version, CustodyState state) {
        var binding =
                new SamBinding(CITY, Hex.parse("0000000044030001"), new byte[8], Hex.parse("440300000042"), version);
        var entry = new CustodyEntry(kind, serial, "", "李雷", "保险柜", Optional.of(binding));
        return CustodyItem.fresh(number, entry, 0).in(state, entry, "", 0);
    }

    /** Answers its register and nothing else. */
    private static KeyAdministration people(Supplier<List<CustodyItem>> items) {
        CustodyRegister register = proxy(CustodyRegister.class, "items", items);
        return proxy(KeyAdministration.class, "register", () -> register);
    }

    private static <T> T proxy(Class<T> type, String only, Supplier<?> answer) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(only)) {
                        return answer.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    private Progress progress(KeyUsage usage) {
        return rotation.progress(ONE).stream()
                .filter(each -> each.usage() == usage)
                .findFirst()
                .orElseThrow();
    }

    private void master(KeyRef name) {
        masters.add(new KeyListing(name, KeyState.ACTIVE, KeyTerms.own(0), 0, 0, new byte[3]));
    }

    private void psam(CommunityId community, String serial, int version) {
        holdings.samWritten(community, serial, KeyUsage.DPK, version, "440300000043", Optional.of(new DeviceId(43)));
    }

    private void door(long device, int point, AccessMethod method) {
        if (estate.estate().devices(ONE).stream().noneMatch(row -> row.id().value() == device)) {
            estate.estate().addDevice(new DeviceRow(ONE, new DeviceId(device), DeviceKind.CONTROLLER, "d" + device));
        }
        estate.estate()
                .addPoint(new PointRow(
                        ONE, new DeviceId(device), new PointId(point), PointKind.DOOR, method, "门" + point));
    }

    private void card(CommunityId community, long flow, KeyVersions versions, String status) {
        PersonId person = TestPeople.on(database).addPerson(community, "住户" + flow, "zh");
        database.jdbc()
                .sql("insert into credential (community_id, number, person_id, status, valid_from, valid_to,"
                        + " least_certificate, issued_at) values (?, ?, ?, ?, ?, ?, 1, ?)")
                .params(
                        community.value(),
                        number(flow).value(),
                        person.value(),
                        status,
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2035, 12, 31),
                        OffsetDateTime.now(Clock.systemUTC()))
                .update();
        holdings.cardWritten(community, number(flow), versions);
    }

    private static CredentialNumber number(long flow) {
        return CredentialNumber.parse(String.format(Locale.ROOT, "44030001%08d", flow));
    }

    /** Lists what the test says it holds. */
    private KeyService vault() {
        return proxy(KeyService.class, "keys", () -> List.copyOf(masters));
    }
}
