package io.zhitong.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CarrierLevel;
import io.zhitong.accessmodel.GroupRecord;
import io.zhitong.accessmodel.ListKind;
import io.zhitong.accessmodel.PointMode;
import io.zhitong.accessmodel.Right;
import io.zhitong.accessmodel.Schedule;
import io.zhitong.cardreaders.CardReader;
import io.zhitong.cardreaders.CardSession;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CredentialNumber;
import io.zhitong.cardspec.ReaderNotice;
import io.zhitong.cardspec.ReaderNotice.Means;
import io.zhitong.cardspec.ReaderNotice.Signal;
import io.zhitong.decision.Decision;
import io.zhitong.decision.Extras;
import io.zhitong.decision.Presented;
import io.zhitong.edge.EdgeException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** It is 20:00 in Shanghai, on a Saturday. */
class DoorTellerTest {

    private final TestLists lists = new TestLists();
    private final Happened happened = new Happened();
    private final TestClock clock = new TestClock();
    private final TestSite site = new TestSite(lists::policy, happened, clock, new Memories());
    private final DoorPoint door = site.door(TestLists.GATE);
    private final Display display = new Display();
    private final DoorTeller teller = new DoorTeller(WordsSection.CHINESE, clock);

    @AfterEach
    void close() {
        teller.close();
    }

    @Test
    void resident_is_asked_in_and_lost_card_sent_to_the_desk() {
        assertEquals(new ReaderNotice(Signal.PASS, "请通行"), told(card(TestLists.RESIDENT)));
        assertEquals(new ReaderNotice(Signal.STOP, "卡已挂失，请到物业服务台"), told(card(TestLists.LOST)));
    }

    @Test
    void stranger_and_forger_hear_the_same() {
        ReaderNotice stranger = told(card(CredentialNumber.parse("4403010199999999")));
        assertEquals(new ReaderNotice(Signal.STOP, "此卡未授权"), stranger);
        assertEquals(stranger, told(Shown.of(new Presented.NotGenuine(AccessMethod.SEALED))));
    }

    @Test
    void under_duress_light_and_words_are_those_of_any_grant_and_the_alarm_is_written() {
        lists.points(PointMode.CARD_PIN);
        ReaderNotice ordinary = told(card(TestLists.RESIDENT).with(Extras.NONE.pin(true, false)));
        happened.forget();
        ReaderNotice forced = told(card(TestLists.RESIDENT).with(Extras.NONE.pin(true, true)));
        assertTrue(happened.log().contains("DURESS @1"), happened::toString);
        assertEquals(ordinary, forced);
        assertEquals(Signal.PASS, forced.signal());
    }

    @Test
    void card_that_wants_its_pin_gets_the_light_that_asks_for_more() {
        lists.points(PointMode.CARD_PIN);
        assertEquals(new ReaderNotice(Signal.MORE, "请输入密码"), told(card(TestLists.RESIDENT)));
    }

    @Test
    void outside_the_hours_it_is_told_when_to_come() {
        right(390, 540);
        assertEquals("不在允许时段，请11月22日 06:30 以后再来", told(card(TestLists.RESIDENT)).text());
        right(1320, 1380);
        assertEquals("不在允许时段，请今天 22:00 以后再来", told(card(TestLists.RESIDENT)).text());
        try (DoorTeller english = new DoorTeller(new WordsSection("en"), clock)) {
            Shown card = card(TestLists.RESIDENT);
            Decision denied = door.shown(card);
            assertEquals(
                    "Not at this hour: please come from 22:00",
                    english.notice(denied, () -> door.explain(card)).text());
        }
    }

    @Test
    void where_coming_later_is_not_all_that_is_needed_no_hour_is_promised() {
        lists.points(PointMode.CARD_PIN);
        right(1320, 1380);
        assertEquals("不在允许时段", told(card(TestLists.RESIDENT)).text());
    }

    @Test
    void display_that_hangs_keeps_nobody_waiting_and_what_is_too_much_is_left_out() throws InterruptedException {
        teller.at(TestLists.GATE, display);
        display.hangs = new CountDownLatch(1);
        Decision granted = door.shown(card(TestLists.RESIDENT));
        long began = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            teller.decided(TestLists.GATE, granted, () -> door.explain(card(TestLists.RESIDENT)));
        }
        assertTrue(System.nanoTime() - began < 1_000_000_000L, "a thousand words offered, none waited for");
        display.hangs.countDown();
        Soon.holds(() -> display.shown.size() >= 65, display.shown::size);
        assertTrue(display.shown.size() < 1_000);
    }

    @Test
    void reader_that_fails_or_has_no_means_is_told_again_next_time() {
        teller.at(TestLists.GATE, display);
        display.broken = true;
        decided(card(TestLists.RESIDENT));
        decided(card(TestLists.LOST));
        Soon.holds(() -> display.asked.size() == 2, display.asked::size);
        display.broken = false;
        decided(card(TestLists.RESIDENT));
        Soon.holds(() -> display.shown.equals(List.of("PASS 请通行")), display.shown::toString);
    }

    @Test
    void point_without_a_reader_has_nobody_to_tell() {
        decided(card(TestLists.RESIDENT));
        assertEquals(List.of(), display.asked);
    }

    @Test
    void language_is_one_of_two() {
        assertThrows(EdgeException.class, () -> new WordsSection("de"));
        assertThrows(EdgeException.class, () -> new WordsSection(""));
    }

    private void right(int fromMinute, int toMinute) {
        lists.put(
                ListKind.SCHEDULES,
                List.of(new Schedule(
                        7, List.of(new Schedule.Window(Schedule.Window.EVERY_DAY, fromMinute, toMinute)))));
        lists.put(ListKind.GROUPS, List.of(new GroupRecord(1, List.of(new Right(TestLists.GATE, 7, 101)))));
    }

    private static Shown card(CredentialNumber number) {
        return Shown.of(new Presented.Genuine(number, AccessMethod.SEALED, CarrierLevel.SEALED_CARD, 1));
    }

    private ReaderNotice told(Shown shown) {
        Decision decision = door.shown(shown);
        return teller.notice(decision, () -> door.explain(shown));
    }

    private void decided(Shown shown) {
        teller.decided(TestLists.GATE, door.shown(shown), () -> door.explain(shown));
    }

    /** Keeps what it showed. */
    static final class Display implements CardReader {
        final List<String> shown = new CopyOnWriteArrayList<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile CountDownLatch hangs = new CountDownLatch(0);
        volatile boolean broken;

        @Override
        public Set<Means> tell(ReaderNotice notice) {
            asked.add(notice.text());
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (broken) {
                throw new CardException(CardException.Reason.READER_FAILED, "no such request");
            }
            shown.add(notice.signal() + " " + notice.text());
            return Set.of(Means.DISPLAY);
        }

        @Override
        public String name() {
            return "display";
        }

        @Override
        public boolean cardPresent() {
            return false;
        }

        @Override
        public boolean awaitChange(boolean known, Duration timeout) {
            return false;
        }

        @Override
        public CardSession connect() {
            throw new CardException(CardException.Reason.REMOVED, "no card");
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
