package io.zhitong.uhppote.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zhitong.uhppote.message.FrameException.Reason;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every message has in common: it is refused in another shape, comes back from its bytes, and says whose it is. */
final class EveryMessageTest {
    private static final long BOARD = 405419896;
    private static final Optional<LocalDate> FROM = Optional.of(LocalDate.of(2025, 1, 1));
    private static final Optional<LocalDate> TO = Optional.of(LocalDate.of(2100, 2, 28));
    private static final BoardCard CARD = new BoardCard(1, FROM, TO, List.of(0, 1, 2, 254), 7531);
    private static final BoardProfile PROFILE = new BoardProfile(2, FROM, TO, Set.of(DayOfWeek.SUNDAY), List.of(), 254);
    private static final Map<Request<?>, java.util.function.Function<byte[], Request<?>>> REQUESTS = requests();

    private static Map<Request<?>, java.util.function.Function<byte[], Request<?>>> requests() {
        Map<Request<?>, java.util.function.Function<byte[], Request<?>>> all = new LinkedHashMap<>();
        all.put(new GetStatus(BOARD), GetStatus::decode);
        all.put(new SetTime(BOARD, LocalDateTime.of(2025, 1, 2, 3, 4, 5)), SetTime::decode);
        all.put(new GetTime(BOARD), GetTime::decode);
        all.put(new OpenDoor(BOARD, 4), OpenDoor::decode);
        all.put(new PutCard(BOARD, CARD), PutCard::decode);
        all.put(new DeleteCard(BOARD, 7), DeleteCard::decode);
        all.put(new DeleteAllCards(BOARD), DeleteAllCards::decode);
        all.put(new CountCards(BOARD), CountCards::decode);
        all.put(new GetCard(BOARD, 7), GetCard::decode);
        all.put(new GetCardAt(BOARD, 7), GetCardAt::decode);
        all.put(new SetDoor(BOARD, 1, DoorControl.NORMALLY_OPEN, 255), SetDoor::decode);
        all.put(new GetDoor(BOARD, 1), GetDoor::decode);
        all.put(new SetAntiPassback(BOARD, AntiPassback.PAIRS), SetAntiPassback::decode);
        all.put(new GetAntiPassback(BOARD), GetAntiPassback::decode);
        all.put(new SetProfile(BOARD, PROFILE), SetProfile::decode);
        all.put(new ClearProfiles(BOARD), ClearProfiles::decode);
        all.put(new SetPasscodes(BOARD, 1, List.of(1, 2, 3, 4)), SetPasscodes::decode);
        all.put(new RecordSpecialEvents(BOARD, false), RecordSpecialEvents::decode);
        all.put(new SetListener(BOARD, Wire.ip("127.0.0.1"), 1, 2), SetListener::decode);
        all.put(new GetListener(BOARD), GetListener::decode);
        all.put(new GetDevice(BOARD), GetDevice::decode);
        all.put(
                new SetAddress(BOARD, Wire.ip("10.0.0.1"), Wire.ip("10.0.0.2"), Wire.ip("10.0.0.3")),
                SetAddress::decode);
        all.put(new GetProfile(BOARD, 254), GetProfile::decode);
        all.put(new SetHostControl(BOARD, false), SetHostControl::decode);
        all.put(new SetInterlock(BOARD, Interlock.DOORS_34), SetInterlock::decode);
        all.put(new ActivateKeypads(BOARD, List.of(false, true, true, false)), ActivateKeypads::decode);
        all.put(new ClearTasks(BOARD), ClearTasks::decode);
        all.put(
                new AddTask(
                        BOARD,
                        new BoardTask(FROM, TO, Set.of(), LocalTime.of(23, 59), 4, BoardTask.Action.BUTTON_ON, 255)),
                AddTask::decode);
        all.put(
                new SetFirstCard(
                        BOARD,
                        4,
                        new BoardFirstCard(
                                LocalTime.MIDNIGHT,
                                DoorControl.NORMALLY_OPEN,
                                LocalTime.of(23, 59),
                                DoorControl.FIRST_CARD_ONLY,
                                Set.of())),
                SetFirstCard::decode);
        all.put(new RefreshTasks(BOARD), RefreshTasks::decode);
        all.put(new GetEvent(BOARD, GetEvent.NEWEST), GetEvent::decode);
        all.put(new SetEventIndex(BOARD, 0), SetEventIndex::decode);
        all.put(new GetEventIndex(BOARD), GetEventIndex::decode);
        all.put(new RestoreDefaults(BOARD), RestoreDefaults::decode);
        return all;
    }

    @Test
    void every_function_has_its_message() {
        assertEquals(
                EnumSet.allOf(Function.class),
                EnumSet.copyOf(REQUESTS.keySet().stream().map(Request::function).toList()));
    }

    @TestFactory
    Stream<DynamicTest> comes_back_from_its_64_bytes() {
        return each((request, decode) -> {
            assertEquals(64, request.encode().length);
            assertEquals(request, decode.apply(request.encode()));
            assertEquals(BOARD, Frame.serialOf(request.encode()));
        });
    }

    @TestFactory
    Stream<DynamicTest> another_length_is_refused() {
        return each((request, decode) -> {
            for (int length : new int[] {0, 1, 63, 65}) {
                refuses(Reason.LENGTH, decode, Arrays.copyOf(request.encode(), length));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> another_type_is_refused() {
        return each((request, decode) -> {
            boolean mayBeAnEvent = request instanceof GetStatus;
            refuses(Reason.TYPE, decode, changed(request.encode(), 0, mayBeAnEvent ? 0x18 : 0x19));
            refuses(Reason.TYPE, decode, changed(request.encode(), 0, 0));
        });
    }

    @TestFactory
    Stream<DynamicTest> another_function_is_refused() {
        return each((request, decode) -> {
            int other = request instanceof GetTime ? 0x20 : 0x32;
            refuses(Reason.FUNCTION, decode, changed(request.encode(), 1, other));
            refuses(Reason.FUNCTION, decode, changed(request.encode(), 1, 0xAE));
        });
    }

    @TestFactory
    Stream<DynamicTest> serial_0_is_for_the_search_alone() {
        return each((request, decode) -> {
            byte[] frame = request.encode();
            Arrays.fill(frame, 4, 8, (byte) 0);
            if (request instanceof GetDevice) {
                assertEquals(0, decode.apply(frame).serial());
            } else {
                // Reading tells whose it is; whoever is asked compares. No message to 0 is ever written.
                assertEquals(0, Frame.serialOf(frame));
                assertThrows(FrameException.class, () -> decode.apply(frame).encode());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> the_answer_to_another_question_is_refused() {
        return REQUESTS.keySet().stream()
                .filter(request -> !(request instanceof SetAddress))
                .map(request -> DynamicTest.dynamicTest(request.function().name(), () -> {
                    Function other = request.function() == Function.PUT_CARD ? Function.DELETE_CARD : Function.PUT_CARD;
                    byte[] foreign = new Done(other, BOARD, true).encode();
                    FrameException refused = assertThrows(FrameException.class, () -> request.answer(foreign));
                    assertEquals(Reason.FUNCTION, refused.reason());
                }));
    }

    @TestFactory
    Stream<DynamicTest> the_running_number_changes_no_field() {
        return each((request, decode) -> {
            byte[] numbered = Frame.withSequence(request.encode(), 0xFEDC_BA98L);
            assertEquals(0xFEDC_BA98L, Frame.sequenceOf(numbered));
            assertEquals(request, decode.apply(numbered));
        });
    }

    @Test
    void any_64_bytes_are_read_or_refused_and_nothing_else_happens() {
        Random random = new Random(20260101);
        List<java.util.function.Function<byte[], Request<?>>> decoders = List.copyOf(REQUESTS.values());
        List<Request<?>> requests = List.copyOf(REQUESTS.keySet());
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[64];
            random.nextBytes(noise);
            int which = random.nextInt(requests.size());
            noise[0] = 0x17;
            noise[1] = (byte) requests.get(which).function().code();
            read += readable(() -> decoders.get(which).apply(noise))
                    + readable(() -> requests.get(which).answer(noise));
        }
        assertEquals(true, read > 10_000, "some noise is a message: " + read);
    }

    private static int readable(Runnable read) {
        try {
            read.run();
            return 1;
        } catch (FrameException refused) {
            return 0;
        }
    }

    @Test
    void random_cards_profiles_events_and_states_come_back() {
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            PutCard put = new PutCard(BOARD, Any.card(random));
            assertEquals(put, PutCard.decode(put.encode()));
            SetProfile set = new SetProfile(BOARD, Any.profile(random));
            assertEquals(set, SetProfile.decode(set.encode()));
            EventAnswer event = new EventAnswer(BOARD, Optional.of(Any.event(random)), false);
            assertEquals(event.overwritten(), event.event().orElseThrow().type() == 0xFF);
            assertEquals(event, EventAnswer.decode(event.encode()));
            Status status = Any.status(random, BOARD);
            assertEquals(status, Status.decode(status.encode()));
        }
    }

    @Test
    void what_is_shown_never_tells_a_field_from_outside() {
        byte[] frame = changed(new OpenDoor(BOARD, 1).encode(), 8, 0xEE);
        String told = String.valueOf(
                assertThrows(FrameException.class, () -> OpenDoor.decode(frame)).getMessage());
        assertEquals("expected a door from 1 to 4", told);
    }

    @Test
    void a_frame_is_not_changed_by_reading_or_numbering_it() {
        byte[] frame = new PutCard(BOARD, CARD).encode();
        byte[] before = frame.clone();
        Frame.withSequence(frame, 9);
        PutCard.decode(frame);
        assertArrayEquals(before, frame);
    }

    private interface Check {
        void of(Request<?> request, java.util.function.Function<byte[], Request<?>> decode);
    }

    private static Stream<DynamicTest> each(Check check) {
        return REQUESTS.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey().function().name(), () -> check.of(each.getKey(), each.getValue())));
    }

    private static void refuses(Reason reason, java.util.function.Function<byte[], Request<?>> decode, byte[] frame) {
        assertEquals(
                reason,
                assertThrows(FrameException.class, () -> decode.apply(frame)).reason());
    }

    private static byte[] changed(byte[] frame, int at, int value) {
        byte[] other = frame.clone();
        other[at] = (byte) value;
        return other;
    }

    /** Random values within their ranges. */
    static final class Any {
        private Any() {}

        static Optional<LocalDate> day(Random random) {
            return random.nextInt(10) == 0
                    ? Optional.empty()
                    : Optional.of(LocalDate.of(1 + random.nextInt(9999), 1, 1).plusDays(random.nextInt(365)));
        }

        static BoardCard card(Random random) {
            return new BoardCard(
                    1 + (random.nextLong() & Long.MAX_VALUE) % BoardCard.MOST,
                    day(random),
                    day(random),
                    IntStream.range(0, 4).mapToObj(i -> random.nextInt(255)).toList(),
                    random.nextInt(BoardCard.MOST_PIN + 1));
        }

        static BoardProfile profile(Random random) {
            int segments = random.nextInt(4);
            return new BoardProfile(
                    2 + random.nextInt(253),
                    day(random),
                    day(random),
                    Arrays.stream(DayOfWeek.values())
                            .filter(day -> random.nextBoolean())
                            .collect(() -> EnumSet.noneOf(DayOfWeek.class), EnumSet::add, EnumSet::addAll),
                    IntStream.range(0, segments)
                            .mapToObj(i -> {
                                int start = random.nextInt(1439);
                                int end = start + 1 + random.nextInt(1439 - start);
                                return new BoardProfile.Segment(
                                        LocalTime.ofSecondOfDay(start * 60L), LocalTime.ofSecondOfDay(end * 60L));
                            })
                            .toList(),
                    random.nextBoolean() ? 0 : 2 + random.nextInt(253));
        }

        static BoardEvent event(Random random) {
            return new BoardEvent(
                    1 + (random.nextLong() & Long.MAX_VALUE) % 0xFFFF_FFFEL,
                    random.nextInt(255),
                    random.nextBoolean(),
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextLong() & 0xFFFF_FFFFL,
                    day(random).map(day -> day.atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400)))),
                    random.nextInt(256));
        }

        static Status status(Random random, long serial) {
            return new Status(
                    serial,
                    random.nextBoolean() ? Optional.empty() : Optional.of(event(random)),
                    random.ints(4, 0, 2).mapToObj(i -> i == 1).toList(),
                    random.ints(4, 0, 2).mapToObj(i -> i == 1).toList(),
                    random.nextInt(256),
                    Optional.of(LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(random.nextInt(Integer.MAX_VALUE))),
                    random.nextLong() & 0xFFFF_FFFFL,
                    random.nextInt(256),
                    random.nextInt(256),
                    random.nextInt(256));
        }
    }
}
