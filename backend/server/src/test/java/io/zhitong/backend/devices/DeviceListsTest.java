package io.zhitong.backend.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.Hash;
import io.zhitong.accessmodel.IssuerRecord;
import io.zhitong.accessmodel.ListHeader;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.ListVersion;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.SettingKey;
import io.zhitong.accessmodel.SettingRecord;
import io.zhitong.accessmodel.SignedList;
import io.zhitong.backend.estate.DeviceKind;
import io.zhitong.backend.estate.DeviceRow;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.estate.TestEstate;
import io.zhitong.backend.foundation.TestBackend;
import io.zhitong.backend.foundation.TimeOrderedIds;
import io.zhitong.backend.testing.BothDatabases;
import io.zhitong.backend.testing.FakeClock;
import io.zhitong.backend.testing.TestDatabase;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.link.ListState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@BothDatabases
final class DeviceListsTest {
    private static final CommunityId ONE = new CommunityId(1);

    private final TestDatabase database;
    private final FakeClock clock = new FakeClock("2026-05-01T08:00:00Z");
    private final TestDevices devices = new TestDevices();
    private final TestEstate estate;
    private final ListChanges changes;
    private final DeviceLists lists;
    private final DeviceRow door;
    private final DeviceRow till;

    DeviceListsTest(TestDatabase database) {
        this.database = database;
        estate = new TestEstate(database);
        estate.demo();
        door = estate.estate().device(TestDevices.DOOR).orElseThrow();
        till = estate.estate().device(DeviceAddress.of(1, 43)).orElseThrow();
        changes = new ListChanges(
                database.jdbc(),
                new TimeOrderedIds(clock),
                TestBackend.on(database).notices());
        lists = new DeviceLists(
                List.of(
                        new SettingList(estate.estate()),
                        new PointList(estate.estate()),
                        new IssuerList(devices.vault())),
                new ListRows(database.jdbc(), database.batches()),
                devices.vault(),
                clock,
                changes);
    }

    private static ListState holds(ListHeader header, long epoch, long number) {
        return new ListState(header.kind(), new ListVersion(epoch, number), Hash.of(new byte[] {
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        }));
    }

    private ListHeader points() {
        return lists.newest(door.address(), ListKind.POINTS).orElseThrow().header();
    }

    @Test
    void a_device_that_holds_what_was_never_made_here_gets_the_content_of_now_in_a_new_epoch() {
        lists.compile(door);
        ListHeader before = points();
        assertThat(lists.overtake(door.address(), List.of(holds(before, 1, 9)))).containsExactly(ListKind.POINTS);
        assertThat(points().version()).isEqualTo(new ListVersion(2, 1));
        assertThat(points().root()).isEqualTo(before.root());
        estate.estate()
                .addPoint(new PointRow(ONE, door.id(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        lists.compile(door);
        assertThat(points().version()).isEqualTo(new ListVersion(2, 2));
        assertThat(lists.newest(door.address(), ListKind.POINTS).orElseThrow().records())
                .hasSize(3);
    }

    @Test
    void the_same_version_with_another_content_is_of_another_history_too() {
        lists.compile(door);
        assertThat(lists.overtake(door.address(), List.of(holds(points(), 1, 1))))
                .containsExactly(ListKind.POINTS);
        assertThat(points().version()).isEqualTo(new ListVersion(2, 1));
    }

    @Test
    void what_was_made_here_opens_no_epoch_nor_does_what_cannot_be_believed_or_is_not_served() {
        lists.compile(door);
        ListHeader now = points();
        assertThat(lists.overtake(
                        door.address(),
                        List.of(
                                new ListState(now.kind(), now.version(), now.root()),
                                holds(now, 17, 1),
                                holds(now, 0xFFFF_FFFFL, 1),
                                new ListState(ListKind.BLACKLIST, new ListVersion(3, 3), now.root()))))
                .isEmpty();
        assertThat(lists.overtake(till.address(), List.of(holds(now, 1, 9)))).isEmpty();
        assertThat(points()).isEqualTo(now);
    }

    @Test
    void an_older_version_is_caught_up_with_and_opens_no_epoch() {
        lists.compile(door);
        estate.estate()
                .addPoint(new PointRow(ONE, door.id(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        lists.compile(door);
        assertThat(lists.overtake(door.address(), List.of(holds(points(), 1, 1))))
                .isEmpty();
        assertThat(points().version()).isEqualTo(new ListVersion(1, 2));
    }

    @Test
    void a_version_is_given_to_a_new_content_only() {
        assertThat(lists.compile(door))
                .extracting(header -> header.version().number())
                .containsOnly(1L);
        clock.advance(Duration.ofHours(1));
        assertThat(lists.compile(door)).isEmpty();
        estate.estate()
                .addPoint(new PointRow(ONE, door.id(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        assertThat(lists.compile(door))
                .extracting(ListHeader::kind, header -> header.version().number(), ListHeader::madeSecond)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ListKind.POINTS, 2L, 1777626000L));
        assertThat(lists.newest(door.address(), ListKind.POINTS).orElseThrow().records())
                .hasSize(3);
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void the_newest_list_is_read_back_whole_with_a_signature_that_holds() {
        lists.compile(door);
        SignedList points = lists.newest(door.address(), ListKind.POINTS).orElseThrow();
        assertThat(points.header().signedBy(devices.key().publicKey())).isTrue();
        assertThat(points.records(PointRecord.class))
                .extracting(PointRecord::name, PointRecord::methods, PointRecord::leastLevel)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "1号楼大门", Set.of(AccessMethod.SEALED), CarrierLevel.SEALED_CARD),
                        org.assertj.core.groups.Tuple.tuple("地下车库门", Set.of(AccessMethod.FAST), CarrierLevel.OWN_KEY));
    }

    @Test
    void a_till_gets_its_merchant_and_no_list_of_card_issuers() {
        lists.compile(till);
        assertThat(lists.headers(till.address()))
                .extracting(ListHeader::kind)
                .containsExactlyInAnyOrder(ListKind.SETTINGS, ListKind.POINTS);
        assertThat(settings(till))
                .containsEntry(SettingKey.MERCHANT, "社区便利店")
                .containsEntry(SettingKey.CITY_CODE, "4403")
                .containsEntry(SettingKey.COMMUNITY_NUMBER, "44030001")
                .containsEntry(SettingKey.ZONE, "Asia/Shanghai");
        lists.compile(door);
        assertThat(settings(door)).doesNotContainKey(SettingKey.MERCHANT);
    }

    @Test
    void a_door_believes_the_vaults_card_issuer_and_nobody_else() {
        lists.compile(door);
        assertThat(lists.newest(door.address(), ListKind.ISSUERS).orElseThrow().records(IssuerRecord.class))
                .extracting(record -> record.key().xy())
                .containsExactly(devices.vault().publicKey(io.zhitong.keyapi.SigningKey.CARD_ISSUER));
    }

    @Test
    void without_the_vault_no_version_is_given_away() {
        devices.away(true);
        assertThatThrownBy(() -> database.transactions().execute(s -> lists.compile(till)))
                .isInstanceOf(KeyServiceException.class);
        assertThat(rows()).isZero();
        devices.away(false);
        assertThat(lists.compile(till))
                .extracting(header -> header.version().number())
                .containsOnly(1L);
    }

    @Test
    void a_device_without_points_gets_an_empty_signed_list_which_is_not_the_same_as_none() {
        DeviceRow bare = new DeviceRow(ONE, new DeviceId(44), DeviceKind.CONTROLLER, "新控制器");
        estate.estate().addDevice(bare);
        assertThat(lists.newest(bare.address(), ListKind.POINTS)).isEmpty();
        lists.compile(bare);
        assertThat(lists.newest(bare.address(), ListKind.POINTS).orElseThrow().records())
                .isEmpty();
        assertThat(lists.headers(bare.address())).hasSize(3);
    }

    @Test
    void lists_of_two_communities_with_devices_of_one_number_are_kept_apart() {
        estate.community(2);
        DeviceRow other = new DeviceRow(new CommunityId(2), door.id(), DeviceKind.CONTROLLER, "另一个");
        estate.estate().addDevice(other);
        lists.compile(door);
        assertThat(lists.headers(other.address())).isEmpty();
        lists.compile(other);
        assertThat(settings(other)).containsEntry(SettingKey.DEVICE_NAME, "另一个");
        assertThat(settings(door)).containsEntry(SettingKey.DEVICE_NAME, "1号楼门禁控制器");
    }

    @Test
    void marks_stay_until_they_are_worked_off_and_later_ones_are_not_lost() {
        lists.changed(ONE);
        lists.changed(ONE);
        lists.changed(new CommunityId(2));
        Map<CommunityId, ListChanges.Waiting> waiting = changes.waiting();
        assertThat(waiting.get(ONE).marks()).hasSize(2);
        assertThat(waiting.get(new CommunityId(2)).marks()).hasSize(1);
        lists.changed(ONE);
        changes.done(ONE, waiting.get(ONE).marks());
        assertThat(changes.waiting().get(ONE).marks())
                .hasSize(1)
                .doesNotContainAnyElementsOf(waiting.get(ONE).marks());
        assertThat(changes.waiting().get(new CommunityId(2)).marks()).hasSize(1);
    }

    @Test
    void a_mark_of_a_transaction_that_fails_goes_with_it() {
        database.transactions().executeWithoutResult(status -> {
            lists.changed(ONE);
            status.setRollbackOnly();
        });
        assertThat(changes.waiting()).isEmpty();
    }

    /** A worker that was held up must not sign what it read before another one published. */
    @Test
    void a_second_compiler_reads_only_after_the_first_has_committed() throws Exception {
        lists.compile(door);
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Void> first =
                CompletableFuture.runAsync(() -> database.transactions().executeWithoutResult(status -> {
                    lists.compile(door);
                    read.countDown();
                    awaited(goOn);
                }));
        awaited(read);
        estate.estate()
                .addPoint(new PointRow(ONE, door.id(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        CompletableFuture<List<ListHeader>> second =
                CompletableFuture.supplyAsync(() -> database.transactions().execute(status -> lists.compile(door)));
        assertThat(first.isDone() || second.isDone()).isFalse();
        goOn.countDown();
        first.get(20, TimeUnit.SECONDS);
        assertThat(second.get(20, TimeUnit.SECONDS))
                .extracting(header -> header.version().number())
                .containsExactly(2L);
        assertThat(lists.newest(door.address(), ListKind.POINTS).orElseThrow().records())
                .hasSize(3);
    }

    @Test
    void the_gateways_are_told_which_list_of_which_device_is_new() {
        ListChanges.Offer offer = new ListChanges.Offer(
                new CommunityId(7), ListKind.POINTS, List.of(new DeviceId(4_000_000_000L), new DeviceId(1)));
        assertThat(offer.word()).isEqualTo("7-5-4000000000,1");
        assertThat(ListChanges.Offer.parse(offer.word())).isEqualTo(offer);
    }

    /** The longest word still fits where words are told. */
    @Test
    void a_publication_for_a_thousand_devices_is_told_in_few_words() {
        List<DeviceId> some = java.util.stream.LongStream.range(0, ListChanges.Offer.MOST)
                .mapToObj(i -> new DeviceId(0xFFFF_FFFFL - i))
                .toList();
        ListChanges.Offer longest = new ListChanges.Offer(new CommunityId(Integer.MAX_VALUE), ListKind.PRESENCE, some);
        assertThat(longest.word()).hasSizeLessThanOrEqualTo(200);
        assertThat(ListChanges.Offer.parse(longest.word())).isEqualTo(longest);
    }

    @Test
    void one_signature_by_the_vault_is_on_all_headers_of_a_round_and_each_verifies() {
        DeviceLists.CompileRound round = lists.begin(ONE, ListScope.EVERYTHING);
        assertThat(lists.compile(round, List.of(door, till))).isEqualTo(2);
        List<ListHeader> all =
                lists.headers(ONE).values().stream().flatMap(List::stream).toList();
        assertThat(all)
                .hasSize(5)
                .allMatch(header -> header.signedBy(devices.key().publicKey()));
        assertThat(all).extracting(header -> header.proof().leaves()).containsOnly(5L);
        assertThat(all)
                .extracting(header -> header.proof().signature())
                .containsOnly(all.get(0).proof().signature());
        assertThat(news(door, till))
                .extracting(news -> news.header().device(), DeviceLists.News::change)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(door.id(), java.util.Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple(till.id(), java.util.Optional.empty()));
    }

    private List<DeviceLists.News> news(DeviceRow... named) {
        List<DeviceId> numbers = new java.util.ArrayList<>(List.of(new DeviceId(99)));
        java.util.Arrays.stream(named).map(DeviceRow::id).forEach(numbers::add);
        return lists.news(ONE, ListKind.POINTS, numbers);
    }

    @Test
    void what_differs_from_the_list_before_goes_along_with_the_offer() {
        lists.compile(door);
        estate.estate()
                .addPoint(new PointRow(ONE, door.id(), new PointId(3), PointKind.DOOR, AccessMethod.SEALED, "侧门"));
        lists.compile(door);
        assertThat(news(door)).singleElement().satisfies(news -> {
            assertThat(news.header().version().number()).isEqualTo(2);
            assertThat(news.change()).isPresent();
        });
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<SettingKey, String> settings(DeviceRow device) {
        return lists.newest(device.address(), ListKind.SETTINGS).orElseThrow().records(SettingRecord.class).stream()
                .collect(Collectors.toMap(setting -> setting.key().orElseThrow(), SettingRecord::value));
    }

    private long rows() {
        return database.jdbc()
                .sql("select count(*) from signed_list")
                .query(Long.class)
                .single();
    }
}
