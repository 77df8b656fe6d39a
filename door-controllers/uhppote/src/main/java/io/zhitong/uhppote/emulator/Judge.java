package io.zhitong.uhppote.emulator;

import io.zhitong.uhppote.message.AntiPassback;
import io.zhitong.uhppote.message.BoardCard;
import io.zhitong.uhppote.message.BoardProfile;
import io.zhitong.uhppote.message.BoardReason;
import io.zhitong.uhppote.message.DoorControl;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides as such a board does (判断): SWIPE lets in, every other reason does not. Not thread-safe. */
final class Judge {

    private static final int NEVER_SEEN = -1;

    private final BoardMemory memory;
    /** Card → area it is in; forgotten when the board restarts, as real boards do. */
    private final Map<Long, Integer> inside = new HashMap<>();

    Judge(BoardMemory memory) {
        this.memory = memory;
    }

    BoardReason judge(long number, int door, int pin, LocalDateTime now) {
        Optional<BoardCard> card = memory.cards().find(number);
        if (card.isEmpty()) {
            return BoardReason.NOT_KNOWN;
        }
        if (memory.door(door).control() == DoorControl.NORMALLY_CLOSED) {
            return BoardReason.NORMALLY_CLOSED;
        }
        BoardReason right = right(card.get(), door, now);
        if (right != BoardReason.SWIPE) {
            return right;
        }
        if (memory.door(door).keypad() && card.get().pin() != 0 && card.get().pin() != pin) {
            return BoardReason.WRONG_PIN;
        }
        return memory.interlocked(door) ? BoardReason.INTERLOCK : pass(number, door);
    }

    private BoardReason right(BoardCard card, int door, LocalDateTime now) {
        int permission = card.permission(door);
        if (permission == BoardCard.NEVER) {
            return BoardReason.NO_PRIVILEGE;
        }
        boolean valid = within(card.from(), card.to(), now.toLocalDate())
                && (permission == BoardCard.ALWAYS || holds(permission, now, new HashSet<>()));
        return valid ? BoardReason.SWIPE : BoardReason.INVALID_TIME;
    }

    private boolean holds(int id, LocalDateTime now, Set<Integer> asked) {
        Optional<BoardProfile> profile = memory.profile(id);
        if (profile.isEmpty() || !asked.add(id)) {
            return false;
        }
        BoardProfile each = profile.get();
        LocalTime minute = LocalTime.of(now.getHour(), now.getMinute());
        boolean itself = within(each.from(), each.to(), now.toLocalDate())
                && each.days().contains(now.getDayOfWeek())
                && each.segments().stream()
                        .anyMatch(part -> !minute.isBefore(part.start()) && !minute.isAfter(part.end()));
        return itself || each.linked() != 0 && holds(each.linked(), now, asked);
    }

    private static boolean within(Optional<LocalDate> from, Optional<LocalDate> to, LocalDate day) {
        return from.isPresent() && to.isPresent() && !day.isBefore(from.get()) && !day.isAfter(to.get());
    }

    private BoardReason pass(long number, int door) {
        AntiPassback mode = memory.antiPassback();
        int area = mode.area(door);
        if (area == 0) {
            return BoardReason.SWIPE;
        }
        boolean entering = mode.entry(door);
        int present = inside.getOrDefault(number, NEVER_SEEN);
        if (present != NEVER_SEEN && entering == (present == area)) {
            return BoardReason.ANTI_PASSBACK;
        }
        inside.put(number, entering ? area : 0);
        return BoardReason.SWIPE;
    }
}
