package io.zhitong.backend.access;

import static io.zhitong.backend.access.TestPolicy.CARD;
import static io.zhitong.backend.access.TestPolicy.ONE;
import static io.zhitong.backend.access.TestPolicy.RESIDENTS;
import static io.zhitong.backend.access.TestPolicy.credential;
import static io.zhitong.backend.access.TestPolicy.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.CredentialStatus;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.FloorGroup;
import io.zhitong.accessmodel.Holiday;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PinRecord;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.PointKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.PointModes;
import io.zhitong.accessmodel.PointRecord;
import io.zhitong.accessmodel.PointTimes;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.accessmodel.Trait;
import io.zhitong.accessmodel.Validity;
import io.zhitong.backend.access.AccessRule.Where;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.PointRow;
import io.zhitong.backend.people.PersonId;
import io.zhitong.cardspec.CredentialNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two policies compared through compiler and engine; what they should say of each other is written by hand. */
final class WhatIfTest {
    private static final Instant NOW = Instant.parse("2026-05-04T01:00:00Z"); // a Monday
    private static final DeviceId DOOR = new DeviceId(42);
    private static final PersonId ZHANG = new PersonId(new UUID(0, 1));
    private static final PersonId LI = new PersonId(new UUID(0, 2));
    private static final CredentialNumber OTHER = CredentialNumber.parse("4403010100000002");
    private static final Community COMMUNITY =
            new Community(ONE, 44030001, "智通花园", "4403", ZoneId.of("Asia/Shanghai"), LocalTime.MIDNIGHT);
    private static final PointRow GATE = row(1, PointKind.DOOR, AccessMethod.SEALED);
    private static final PointRow GARAGE = row(2, PointKind.DOOR, AccessMethod.FAST);
    private static final PointRow LIFT = row(3, PointKind.LIFT, AccessMethod.FAST);
    private static final Facts FACTS = facts(List.of());
    private static final ListItem OFFICE =
            ListItem.schedule("工作时间", new Schedule(5, List.of(new Schedule.Window(0x1F, 540, 1_080))));
    private static final PolicyContent TODAY =
            PolicyContent.of(List.of(RESIDENTS, rule(1, 0, new Where(42, 1, 0)), OFFICE));

    private static PointRow row(int id, PointKind kind, AccessMethod method) {
        return new PointRow(ONE, DOOR, new PointId(id), kind, method, "门" + id);
    }

    private static Facts facts(List<PinRecord> pins) {
        return new Facts(
                COMMUNITY,
                List.of(GATE, GARAGE, LIFT),
                Map.of(ZHANG, Set.of(new UUID(9, 9))),
                List.of(
                        credential(CARD, ZHANG, CredentialStatus.ACTIVE),
                        credential(OTHER, LI, CredentialStatus.ACTIVE)),
                Map.of(ZHANG, 1L, LI, 2L),
                pins);
    }

    @Test
    void a_draft_that_changes_nothing_shows_nothing_and_asks_nothing() {
        WhatIf none = trial(TODAY, TODAY);
        assertThat(none.lines()).isEmpty();
        assertThat(none.asked()).isZero();
        assertThat(none.devices()).isEmpty();
        assertThat(none.gainers() + none.losers()).isZero();
    }

    @Test
    void a_name_alone_changes_nothing_for_anybody() {
        WhatIf renamed =
                trial(TODAY, TODAY.with(List.of(new AccessRule(1, "新名", 1, 0, 0, new Where(42, 1, 0))), List.of()));
        assertThat(renamed.lines()).isEmpty();
    }

    @Test
    void a_rule_cut_to_office_hours_takes_nights_and_weekends_from_those_who_had_them() {
        WhatIf less = trial(
                TODAY,
                TODAY.with(
                        List.of(rule(2, 5, new Where(42, 1, 0))),
                        List.of(rule(1, 0, Where.EVERYWHERE).key())));
        assertThat(less.lines()).singleElement().satisfies(line -> {
            assertThat(line.point()).isEqualTo(GATE);
            assertThat(line.who()).extracting(IssuedCredential::number).containsExactly(CARD);
            assertThat(line.gained()).isEmpty();
            assertThat(hours(line.lost()))
                    .containsExactly(
                            "1 0-540",
                            "1 1080-1440",
                            "2 0-540",
                            "2 1080-1440",
                            "3 0-540",
                            "3 1080-1440",
                            "4 0-540",
                            "4 1080-1440",
                            "5 0-540",
                            "5 1080-1440",
                            "6 0-1440",
                            "7 0-1440");
        });
        assertThat(less.losers()).isEqualTo(1);
        assertThat(less.gainers()).isZero();
        assertThat(less.asked()).isPositive();
        assertThat(less.devices()).containsExactly(DOOR);
    }

    @Test
    void a_group_of_named_persons_gives_them_the_garage_and_others_nothing() {
        PeopleGroup guards = new PeopleGroup(2, "保安", GroupKind.PERSONS, Set.of(Trait.GUARD), List.of(LI.value()));
        WhatIf more = trial(
                TODAY, TODAY.with(List.of(guards, new AccessRule(2, "保安车库", 2, 5, 0, new Where(42, 2, 0))), List.of()));
        assertThat(more.lines()).singleElement().satisfies(line -> {
            assertThat(line.point()).isEqualTo(GARAGE);
            assertThat(line.who()).extracting(IssuedCredential::holder).containsExactly(LI);
            assertThat(hours(line.gained()))
                    .containsExactly("1 540-1080", "2 540-1080", "3 540-1080", "4 540-1080", "5 540-1080");
        });
    }

    @Test
    void a_new_holiday_takes_the_office_hours_of_that_date_only() {
        PolicyContent office = TODAY.with(List.of(rule(1, 5, new Where(42, 1, 0))), List.of());
        LocalDate friday = LocalDate.of(2026, 6, 19);
        WhatIf dragonBoat = trial(office, office.with(List.of(ListItem.holiday("端午", new Holiday(friday))), List.of()));
        assertThat(dragonBoat.lines()).singleElement().satisfies(line -> {
            assertThat(line.lost())
                    .containsExactly(new WhatIf.Hours(new WhatIfDay(WhatIfDay.THIS_DAY, friday), 540, 1_080));
            assertThat(line.gained()).isEmpty();
        });
    }

    @Test
    void a_point_held_locked_is_lost_by_all_but_guards_and_one_held_open_is_gained_by_strangers() {
        PolicyContent locked =
                TODAY.with(List.of(point(new PointModes(PointMode.LOCKED, PointMode.LOCKED, 0, 0))), List.of());
        assertThat(trial(TODAY, locked).losers()).isEqualTo(1);
        PolicyContent open =
                TODAY.with(List.of(point(new PointModes(PointMode.NORMAL, PointMode.NORMAL, 0, 5))), List.of());
        WhatIf gained = trial(TODAY, open);
        assertThat(gained.lines()).singleElement().satisfies(line -> {
            assertThat(line.who()).extracting(IssuedCredential::holder).containsExactly(LI);
            assertThat(hours(line.gained())).hasSize(5).contains("3 540-1080");
        });
        assertThat(gained.settings()).hasSize(1);
    }

    @Test
    void who_has_no_pin_loses_a_door_that_begins_to_ask_for_one() {
        PolicyContent asking =
                TODAY.with(List.of(point(new PointModes(PointMode.CARD_PIN, PointMode.CARD_PIN, 0, 0))), List.of());
        assertThat(trial(TODAY, asking).losers()).isEqualTo(1);
        PinRecord pin = new PinRecord(CARD, Octets.of(new byte[8]), 1, Octets.of(new byte[32]));
        assertThat(WhatIfTrial.of(TODAY, asking, facts(List.of(pin)), NOW).losers())
                .isZero();
    }

    @Test
    void floors_of_a_lift_that_come_and_go_are_named() {
        PolicyContent low = TODAY.with(
                List.of(
                        new AccessRule(3, "梯", 1, 0, 7, new Where(42, 3, 0)),
                        ListItem.floors("低区", FloorGroup.of(7, List.of(1, 2), List.of()))),
                List.of());
        WhatIf change = trial(
                low, low.with(List.of(ListItem.floors("低区", FloorGroup.of(7, List.of(2, 9), List.of(4)))), List.of()));
        assertThat(change.lines()).singleElement().satisfies(line -> {
            assertThat(line.gained()).isEmpty();
            assertThat(line.floors().gained()).containsExactly(9, WhatIf.FloorChange.REAR + 4);
            assertThat(line.floors().lost()).containsExactly(1);
        });
        assertThat(change.gainers()).isEqualTo(1);
    }

    @Test
    void a_thousand_people_alike_are_asked_once() {
        List<IssuedCredential> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(credential(new CredentialNumber(CARD.value() + i), ZHANG, CredentialStatus.ACTIVE));
        }
        Facts crowd = new Facts(
                COMMUNITY, List.of(GATE), Map.of(ZHANG, Set.of(new UUID(9, 9))), many, Map.of(ZHANG, 1L), List.of());
        PolicyContent nobody = PolicyContent.of(List.of(RESIDENTS));
        WhatIf all = WhatIfTrial.of(TODAY, nobody, crowd, NOW);
        assertThat(all.losers()).isEqualTo(1_000);
        assertThat(all.asked()).isEqualTo(2L * 7 * 3);
    }

    @Test
    void who_is_lost_or_out_of_date_neither_gains_nor_loses() {
        IssuedCredential expired = new IssuedCredential(
                OTHER, ZHANG, CredentialStatus.ACTIVE, Validity.between(Instant.EPOCH, NOW), 0, List.of());
        Facts gone = new Facts(
                COMMUNITY,
                List.of(GATE),
                Map.of(ZHANG, Set.of(new UUID(9, 9))),
                List.of(credential(CARD, ZHANG, CredentialStatus.LOST), expired),
                Map.of(ZHANG, 1L),
                List.of());
        assertThat(WhatIfTrial.of(TODAY, PolicyContent.of(List.of(RESIDENTS)), gone, NOW)
                        .lines())
                .isEmpty();
    }

    /** Rules told by hand over bare windows, beside the trial through compiler and engine. */
    @Test
    void random_schedules_differ_exactly_where_their_windows_do() {
        Random random = new Random(20260504);
        for (int round = 0; round < 60; round++) {
            Schedule one = random(random);
            Schedule two = random(random);
            PolicyContent first = with(one);
            WhatIf told = trial(first, with(two));
            for (int day = 1; day <= 7; day++) {
                for (int minute = 0; minute < 1_440; minute += 7) {
                    boolean had = naive(one, day, minute);
                    boolean has = naive(two, day, minute);
                    assertThat(told(told, day, minute))
                            .as("%s %s %d %d", one, two, day, minute)
                            .isEqualTo(has && !had ? 1 : had && !has ? -1 : 0);
                }
            }
        }
    }

    private static int told(WhatIf whatIf, int day, int minute) {
        boolean gained =
                whatIf.lines().stream().flatMap(line -> line.gained().stream()).anyMatch(h -> in(h, day, minute));
        boolean lost =
                whatIf.lines().stream().flatMap(line -> line.lost().stream()).anyMatch(h -> in(h, day, minute));
        return (gained ? 1 : 0) - (lost ? 1 : 0);
    }

    private static boolean in(WhatIf.Hours hours, int day, int minute) {
        return hours.day().kind() == day && minute >= hours.from() && minute < hours.to();
    }

    private static boolean naive(Schedule schedule, int day, int minute) {
        return schedule.windows().stream()
                .anyMatch(w -> (w.days() >> (day - 1) & 1) == 1 && minute >= w.fromMinute() && minute < w.toMinute());
    }

    private static Schedule random(Random random) {
        return new Schedule(
                5,
                Stream.generate(() -> {
                            int from = random.nextInt(1_400);
                            return new Schedule.Window(
                                    1 + random.nextInt(127), from, from + 1 + random.nextInt(1_440 - from));
                        })
                        .limit(random.nextInt(4))
                        .distinct()
                        .toList());
    }

    private static PolicyContent with(Schedule schedule) {
        return TODAY.with(List.of(rule(1, 5, new Where(42, 1, 0)), ListItem.schedule("随机", schedule)), List.of());
    }

    private static WhatIf trial(PolicyContent before, PolicyContent after) {
        return WhatIfTrial.of(before, after, FACTS, NOW);
    }

    private static ListItem point(PointModes modes) {
        return ListItem.point(
                DOOR,
                PointRecord.of(
                                GATE.id(),
                                PointKind.DOOR,
                                Set.of(AccessMethod.SEALED),
                                CarrierLevel.SEALED_CARD,
                                PointTimes.of(3_000, 30_000),
                                "门1")
                        .with(modes));
    }

    private static List<String> hours(List<WhatIf.Hours> hours) {
        return hours.stream()
                .map(each -> each.day().kind() + " " + each.from() + "-" + each.to())
                .toList();
    }
}
