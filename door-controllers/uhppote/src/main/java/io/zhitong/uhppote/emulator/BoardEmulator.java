package io.zhitong.uhppote.emulator;

import io.zhitong.accessmodel.Octets;
import io.zhitong.uhppote.message.Answer;
import io.zhitong.uhppote.message.AntiPassbackAnswer;
import io.zhitong.uhppote.message.BoardEvent;
import io.zhitong.uhppote.message.BoardReason;
import io.zhitong.uhppote.message.BoardTime;
import io.zhitong.uhppote.message.CardAnswer;
import io.zhitong.uhppote.message.DeviceAnswer;
import io.zhitong.uhppote.message.Done;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.DoorSetting;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.EventAnswer;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.FrameException;
import io.zhitong.uhppote.message.Function;
import io.zhitong.uhppote.message.GetCard;
import io.zhitong.uhppote.message.GetCardAt;
import io.zhitong.uhppote.message.GetDoor;
import io.zhitong.uhppote.message.GetEvent;
import io.zhitong.uhppote.message.GetProfile;
import io.zhitong.uhppote.message.ListenerAnswer;
import io.zhitong.uhppote.message.Number;
import io.zhitong.uhppote.message.OpenDoor;
import io.zhitong.uhppote.message.ProfileAnswer;
import io.zhitong.uhppote.message.SetTime;
import io.zhitong.uhppote.message.Status;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A board of four doors (模拟控制板): takes a datagram and gives the answer; people at its doors are method calls. What it was told
 * and what it recorded is on disk before it answers. Safe for use by several threads.
 */
public final class BoardEmulator implements AutoCloseable {

    private static final Duration HOST_AWAY = Duration.ofSeconds(30);
    private static final int FIRMWARE = 892;

    private final BoardIdentity identity;
    private final Clock clock;
    private final BoardLog log;
    private final BoardMemory memory;
    private final Judge judge;
    private final Map<Function, java.util.function.Function<byte[], Answer>> questions = new HashMap<>();
    private Consumer<Status> post = status -> {};
    private long hostSpokeMillis = Long.MIN_VALUE;
    private long posted;

    private BoardEmulator(BoardIdentity identity, BoardLog log, Clock clock) {
        this.identity = identity;
        this.clock = clock;
        this.log = log;
        memory = new BoardMemory(identity);
        judge = new Judge(memory);
        askable();
    }

    /** Starts the board with what the file holds; an empty or missing file is a board as it left its factory. */
    public static BoardEmulator open(BoardIdentity identity, Path file, Clock clock) {
        BoardLog log = BoardLog.open(file);
        BoardEmulator board = new BoardEmulator(identity, log, clock);
        log.replay().forEach(board.memory::apply);
        return board;
    }

    /** Every event is handed there too, as a status, while a listener is set. */
    public synchronized void post(Consumer<Status> listener) {
        post = listener;
    }

    /** Where the board was told to send its events. */
    public synchronized Optional<InetSocketAddress> listener() {
        return memory.listener();
    }

    /** The answer to a datagram; none to what is no message, is for another board, or is not answered. */
    public synchronized Optional<byte[]> handle(byte[] datagram) {
        try {
            Function function = Frame.functionOf(datagram);
            long serial = Frame.serialOf(datagram);
            boolean mine = serial == identity.serial() || serial == 0 && function == Function.GET_DEVICE;
            if (!mine || function == Function.SET_ADDRESS) {
                return Optional.empty();
            }
            hostSpokeMillis = clock.millis();
            byte[] answer = answer(function, datagram).encode();
            return Optional.of(Frame.withSequence(answer, Frame.sequenceOf(datagram)));
        } catch (FrameException e) {
            return Optional.empty();
        }
    }

    private Answer answer(Function function, byte[] frame) {
        if (function == Function.SET_TIME) {
            return setTime(frame);
        }
        if (!memory.changes(function)) {
            return Optional.ofNullable(questions.get(function)).orElseThrow().apply(frame);
        }
        boolean done = remember(frame);
        return function == Function.SET_DOOR
                ? setting(function, frame[8])
                : new Done(function, identity.serial(), done);
    }

    /** Changes the memory first: a frame it refuses is not written down. Both happen before anybody is told. */
    private boolean remember(byte[] frame) {
        boolean done = memory.apply(frame);
        log.append(frame);
        return done;
    }

    private Answer setTime(byte[] frame) {
        LocalDateTime wanted = SetTime.decode(frame).time();
        remember(ClockNote.note(frame, ChronoUnit.SECONDS.between(machineTime(), wanted)));
        return new BoardTime(Function.SET_TIME, identity.serial(), Optional.of(now()));
    }

    private void askable() {
        long serial = identity.serial();
        questions.put(Function.GET_STATUS, frame -> status(0));
        questions.put(Function.GET_TIME, frame -> new BoardTime(Function.GET_TIME, serial, Optional.of(now())));
        questions.put(Function.OPEN_DOOR, frame -> open(OpenDoor.decode(frame).door()));
        questions.put(
                Function.COUNT_CARDS,
                frame -> new Number(Function.COUNT_CARDS, serial, memory.cards().count()));
        questions.put(
                Function.GET_CARD,
                frame -> new CardAnswer(
                        Function.GET_CARD,
                        serial,
                        memory.cards().find(GetCard.decode(frame).number()),
                        false));
        questions.put(Function.GET_CARD_AT, frame -> at(GetCardAt.decode(frame).index()));
        questions.put(
                Function.GET_DOOR,
                frame -> setting(Function.GET_DOOR, GetDoor.decode(frame).door()));
        questions.put(Function.GET_ANTI_PASSBACK, frame -> new AntiPassbackAnswer(serial, memory.antiPassback()));
        questions.put(
                Function.GET_PROFILE,
                frame -> new ProfileAnswer(
                        serial, memory.profile(GetProfile.decode(frame).id())));
        questions.put(Function.GET_LISTENER, frame -> listenerAnswer());
        questions.put(Function.GET_DEVICE, frame -> device());
        questions.put(
                Function.GET_EVENT,
                frame -> memory.events().get(serial, GetEvent.decode(frame).index()));
        questions.put(
                Function.GET_EVENT_INDEX, frame -> new Number(Function.GET_EVENT_INDEX, serial, memory.readUpTo()));
    }

    /** Somebody holds a card to a reader, and perhaps types a PIN (0 = none). @return whether the door was released */
    public synchronized boolean present(int door, long number, int pin) {
        boolean hostDecides = memory.hostControl() && hostSpokeMillis > clock.millis() - HOST_AWAY.toMillis();
        BoardReason reason = hostDecides ? BoardReason.HOST_CONTROL : judge.judge(number, door, pin, now());
        boolean granted = reason == BoardReason.SWIPE;
        if (granted) {
            memory.door(door).release(clock.millis());
        }
        record(BoardEvent.CARD, granted, door, number, reason);
        return granted;
    }

    /** Somebody types a code without a card. @return whether the door was released */
    public synchronized boolean type(int door, int code) {
        boolean opens = memory.door(door).keypad() && memory.opens(door, code);
        if (opens) {
            memory.door(door).release(clock.millis());
            record(BoardEvent.DOOR, true, door, 0, BoardReason.SUPER_PASSCODE);
        }
        return opens;
    }

    /** Somebody presses the exit button. @return whether the door was released */
    public synchronized boolean press(int door) {
        BoardReason reason = memory.interlocked(door)
                ? BoardReason.BUTTON_INTERLOCK
                : memory.door(door).control() == DoorControl.NORMALLY_CLOSED
                        ? BoardReason.BUTTON_LOCKED
                        : BoardReason.BUTTON;
        boolean granted = reason == BoardReason.BUTTON;
        if (granted) {
            memory.door(door).release(clock.millis());
        }
        special(BoardEvent.DOOR, granted, door, reason);
        return granted;
    }

    /** The leaf moves. */
    public synchronized void leaf(int door, boolean open) {
        boolean forced = open && !memory.door(door).free(clock.millis());
        memory.door(door).leaf(open);
        if (forced) {
            special(BoardEvent.ALARM, false, door, BoardReason.FORCED);
        } else {
            special(BoardEvent.DOOR, true, door, open ? BoardReason.DOOR_OPENED : BoardReason.DOOR_CLOSED);
        }
    }

    /** An alarm input: fire, emergency, a leaf open too long. */
    public synchronized void alarm(int door, BoardReason reason) {
        special(BoardEvent.ALARM, false, door, reason);
    }

    /** Whether the lock of a door lets it open now. */
    public synchronized boolean free(int door) {
        return memory.door(door).free(clock.millis());
    }

    /** How many cards it holds. */
    public synchronized int cards() {
        return memory.cards().count();
    }

    private Answer open(int door) {
        boolean opens = memory.door(door).control() != DoorControl.NORMALLY_CLOSED && !memory.interlocked(door);
        if (opens) {
            memory.door(door).release(clock.millis());
        }
        record(BoardEvent.DOOR, opens, door, 0, BoardReason.REMOTE_OPEN);
        return new Done(Function.OPEN_DOOR, identity.serial(), opens);
    }

    private void special(int type, boolean granted, int door, BoardReason reason) {
        if (memory.specialEvents()) {
            record(type, granted, door, 0, reason);
        }
    }

    private void record(int type, boolean granted, int door, long card, BoardReason reason) {
        BoardEvent event =
                new BoardEvent(memory.events().next(), type, granted, door, 1, card, Optional.of(now()), reason.code());
        remember(new EventAnswer(identity.serial(), Optional.of(event), false).encode());
        if (memory.listener().isPresent()) {
            post.accept(status(++posted));
        }
    }

    private Status status(long sequence) {
        return new Status(
                identity.serial(),
                memory.events().newest(),
                IntStream.rangeClosed(1, Doors.COUNT)
                        .mapToObj(i -> memory.door(i).open())
                        .toList(),
                List.of(false, false, false, false),
                0,
                Optional.of(now()),
                sequence,
                0,
                IntStream.rangeClosed(1, Doors.COUNT)
                        .map(i -> free(i) ? 1 << i - 1 : 0)
                        .sum(),
                0);
    }

    private Answer at(long place) {
        return new CardAnswer(
                Function.GET_CARD_AT,
                identity.serial(),
                memory.cards().at(place),
                memory.cards().reaches(place) && memory.cards().at(place).isEmpty());
    }

    private Answer setting(Function function, int door) {
        return new DoorSetting(
                function,
                identity.serial(),
                door,
                memory.door(door).control(),
                memory.door(door).delaySeconds());
    }

    private Answer listenerAnswer() {
        InetSocketAddress to = memory.listener().orElse(new InetSocketAddress(address("0.0.0.0"), 0));
        return new ListenerAnswer(
                identity.serial(), (Inet4Address) to.getAddress(), to.getPort(), memory.listenerSeconds());
    }

    private Answer device() {
        Octets mac = Octets.of(new byte[] {0, 0x66, 0x19, 0x39, 0x55, 0x2d});
        return new DeviceAnswer(
                identity.serial(),
                address("127.0.0.1"),
                address("255.0.0.0"),
                address("127.0.0.1"),
                mac,
                FIRMWARE,
                Optional.of(LocalDate.of(2018, 11, 5)));
    }

    private static Inet4Address address(String literal) {
        return (Inet4Address) new InetSocketAddress(literal, 0).getAddress();
    }

    private LocalDateTime machineTime() {
        return LocalDateTime.now(clock.withZone(identity.zone())).truncatedTo(ChronoUnit.SECONDS);
    }

    private LocalDateTime now() {
        return machineTime().plusSeconds(memory.clockOffsetSeconds());
    }

    @Override
    public synchronized void close() {
        log.close();
    }
}
