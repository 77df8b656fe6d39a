package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.ActivateKeypads;
import io.zhitong.uhppote.message.AddTask;
import io.zhitong.uhppote.message.AntiPassback;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.BoardTask;
import io.zhitong.uhppote.message.ClearProfiles;
import io.zhitong.uhppote.message.ClearTasks;
import io.zhitong.uhppote.message.DeleteAllCards;
import io.zhitong.uhppote.message.DeleteCard;
import io.zhitong.uhppote.message.DoorControl;
import io.zhitong.uhppote.message.Doors;
import io.zhitong.uhppote.message.EventAnswer;
import io.zhitong.uhppote.message.Frame;
import io.zhitong.uhppote.message.Function;
import io.zhitong.uhppote.message.Interlock;
import io.zhitong.uhppote.message.PutCard;
import io.zhitong.uhppote.message.RecordSpecialEvents;
import io.zhitong.uhppote.message.RefreshTasks;
import io.zhitong.uhppote.message.RestoreDefaults;
import io.zhitong.uhppote.message.SetAntiPassback;
import io.zhitong.uhppote.message.SetDoor;
import io.zhitong.uhppote.message.SetEventIndex;
import io.zhitong.uhppote.message.SetFirstCard;
import io.zhitong.uhppote.message.SetHostControl;
import io.zhitong.uhppote.message.SetInterlock;
import io.zhitong.uhppote.message.SetListener;
import io.zhitong.uhppote.message.SetPasscodes;
import io.zhitong.uhppote.message.SetProfile;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything an emulated board holds, changed by the frames it was sent and by nothing else (板内数据): the same frames in the same
 * order make the same board. Not thread-safe.
 */
final class BoardMemory {

    private static final int MOST_TASKS = 64;

    private final Map<Function, Predicate<byte[]>> changes = new HashMap<>();
    private final List<DoorState> doors = new ArrayList<>();
    private final CardTable cards;
    private final EventRing events;
    private final Map<Integer, BoardProfile> profiles = new HashMap<>();
    private final Map<Integer, List<Integer>> passcodes = new HashMap<>();
    private final List<BoardTask> tasks = new ArrayList<>();
    private AntiPassback antiPassback = AntiPassback.OFF;
    private Interlock interlock = Interlock.NONE;
    private boolean specialEvents;
    private boolean hostControl;
    private long readUpTo;
    private long clockOffsetSeconds;
    private Optional<InetSocketAddress> listener = Optional.empty();
    private int listenerSeconds;

    BoardMemory(BoardIdentity identity) {
        cards = new CardTable(identity.cards());
        events = new EventRing(identity.events(), identity.lastIndex());
        for (int i = 0; i < Doors.COUNT; i++) {
            doors.add(new DoorState());
        }
        cardChanges();
        doorChanges();
        otherChanges();
    }

    private void cardChanges() {
        changes.put(Function.PUT_CARD, frame -> cards.put(PutCard.decode(frame).card()));
        changes.put(
                Function.DELETE_CARD,
                frame -> cards.delete(DeleteCard.decode(frame).number()));
        changes.put(
                Function.DELETE_ALL_CARDS, frame -> DeleteAllCards.decode(frame).serial() > 0 && cards.clear());
        changes.put(Function.SET_PROFILE, frame -> put(SetProfile.decode(frame).profile()));
        changes.put(
                Function.CLEAR_PROFILES, frame -> ClearProfiles.decode(frame).serial() > 0 && clear(profiles));
    }

    private void doorChanges() {
        changes.put(Function.SET_DOOR, frame -> {
            SetDoor set = SetDoor.decode(frame);
            door(set.door()).set(set.control(), set.delay());
            return true;
        });
        changes.put(Function.SET_PASSCODES, frame -> {
            SetPasscodes set = SetPasscodes.decode(frame);
            passcodes.put(set.door(), set.codes());
            return true;
        });
        changes.put(
                Function.ACTIVATE_KEYPADS,
                frame -> keypads(ActivateKeypads.decode(frame).readers()));
        changes.put(Function.SET_INTERLOCK, frame -> {
            interlock = SetInterlock.decode(frame).mode();
            return true;
        });
        changes.put(Function.SET_ANTI_PASSBACK, frame -> {
            antiPassback = SetAntiPassback.decode(frame).mode();
            return true;
        });
        changes.put(Function.SET_HOST_CONTROL, frame -> {
            hostControl = SetHostControl.decode(frame).on();
            return true;
        });
    }

    private void otherChanges() {
        changes.put(Function.RECORD_SPECIAL_EVENTS, frame -> {
            specialEvents = RecordSpecialEvents.decode(frame).on();
            return true;
        });
        changes.put(Function.SET_LISTENER, frame -> listen(SetListener.decode(frame)));
        changes.put(Function.CLEAR_TASKS, frame -> ClearTasks.decode(frame).serial() > 0 && clear(tasks));
        changes.put(
                Function.ADD_TASK,
                frame -> tasks.size() < MOST_TASKS
                        && tasks.add(AddTask.decode(frame).task()));
        changes.put(Function.SET_FIRST_CARD, frame -> SetFirstCard.decode(frame).serial() > 0);
        changes.put(Function.REFRESH_TASKS, frame -> RefreshTasks.decode(frame).serial() > 0);
        changes.put(
                Function.SET_EVENT_INDEX,
                frame -> read(SetEventIndex.decode(frame).index()));
        changes.put(
                Function.RESTORE_DEFAULTS,
                frame -> RestoreDefaults.decode(frame).serial() > 0 && restore());
        changes.put(Function.SET_TIME, frame -> {
            clockOffsetSeconds = ClockNote.offsetOf(frame);
            return true;
        });
        changes.put(Function.GET_EVENT, frame -> {
            EventAnswer.decode(frame).event().ifPresent(events::add);
            return true;
        });
    }

    /** Whether frames of this function change a board; an event is noted as the answer that tells it. */
    boolean changes(Function function) {
        return changes.containsKey(function) && function != Function.GET_EVENT;
    }

    /** Does what the frame asks. @return whether it could be done */
    boolean apply(byte[] frame) {
        return Optional.ofNullable(changes.get(Frame.functionOf(frame)))
                .orElseThrow()
                .test(frame);
    }

    private boolean put(BoardProfile profile) {
        profiles.put(profile.id(), profile);
        return true;
    }

    private static boolean clear(Map<?, ?> map) {
        map.clear();
        return true;
    }

    private static boolean clear(List<?> list) {
        list.clear();
        return true;
    }

    private boolean keypads(List<Boolean> readers) {
        for (int i = 0; i < Doors.COUNT; i++) {
            doors.get(i).keypad(readers.get(i));
        }
        return true;
    }

    private boolean listen(SetListener set) {
        boolean none = set.address().isAnyLocalAddress() || set.port() == 0;
        listener = none ? Optional.empty() : Optional.of(new InetSocketAddress(set.address(), set.port()));
        listenerSeconds = set.seconds();
        return true;
    }

    private boolean read(long index) {
        boolean moves = index != readUpTo && events.holds(index);
        readUpTo = moves ? index : readUpTo;
        return moves;
    }

    private boolean restore() {
        doors.forEach(door -> {
            door.set(DoorControl.CONTROLLED, 3);
            door.keypad(false);
        });
        passcodes.clear();
        tasks.clear();
        interlock = Interlock.NONE;
        antiPassback = AntiPassback.OFF;
        hostControl = false;
        specialEvents = false;
        return true;
    }

    DoorState door(int door) {
        return doors.get(door - 1);
    }

    CardTable cards() {
        return cards;
    }

    EventRing events() {
        return events;
    }

    Optional<BoardProfile> profile(int id) {
        return Optional.ofNullable(profiles.get(id));
    }

    /** Whether this code opens the door without a card. */
    boolean opens(int door, int code) {
        return code > 0 && passcodes.getOrDefault(door, List.of()).contains(code);
    }

    AntiPassback antiPassback() {
        return antiPassback;
    }

    Interlock interlock() {
        return interlock;
    }

    boolean specialEvents() {
        return specialEvents;
    }

    boolean hostControl() {
        return hostControl;
    }

    long readUpTo() {
        return readUpTo;
    }

    long clockOffsetSeconds() {
        return clockOffsetSeconds;
    }

    Optional<InetSocketAddress> listener() {
        return listener;
    }

    int listenerSeconds() {
        return listenerSeconds;
    }

    /** The leaf that keeps this door shut by the interlock is open. */
    boolean interlocked(int door) {
        for (int other = 1; other <= Doors.COUNT; other++) {
            if (interlock.couples(door, other) && door(other).open()) {
                return true;
            }
        }
        return false;
    }
}
