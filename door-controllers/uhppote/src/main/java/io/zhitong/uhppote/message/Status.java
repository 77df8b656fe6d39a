package io.zhitong.uhppote.message;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a board stands (控制器状态); also what it sends to its listener with every event: newest event at 8 (see {@link
 * BoardEvent}) ‖ four doors open ‖ four buttons pressed ‖ error 1 ‖ hh mm ss at 37 ‖ running number 4 at 40 ‖ special 1 at 48 ‖
 * relays 1 ‖ inputs 1 ‖ yy mm dd at 51.
 *
 * @param event the newest event, nothing if there is none
 * @param open leaves of doors 1 to 4
 * @param pressed exit buttons of doors 1 to 4
 * @param error 0 = none
 * @param time the board's own clock, years 2000 to 2099 only
 * @param sequence running number of a message to the listener
 * @param special meaning not published
 * @param relays bit 0 = door 1
 * @param inputs bit 0 forced closed (强制关门), bit 1 fire
 */
public record Status(
        long serial,
        Optional<BoardEvent> event,
        List<Boolean> open,
        List<Boolean> pressed,
        int error,
        Optional<LocalDateTime> time,
        long sequence,
        int special,
        int relays,
        int inputs)
        implements Answer {

    public Status {
        open = List.copyOf(open);
        pressed = List.copyOf(pressed);
        FrameException.range(open.size(), Doors.COUNT, Doors.COUNT, "a count of doors");
        FrameException.range(pressed.size(), Doors.COUNT, Doors.COUNT, "a count of buttons");
        time.ifPresent(each -> FrameException.range(each.getYear(), 2000, 2099, "a year"));
    }

    @Override
    public Function function() {
        return Function.GET_STATUS;
    }

    @Override
    public byte[] encode() {
        Frame out = Frame.to(function(), serial);
        event.ifPresent(each -> each.write(out));
        for (int i = 0; i < Doors.COUNT; i++) {
            out.flag(28 + i, open.get(i)).flag(32 + i, pressed.get(i));
        }
        out.u8(36, error).u32(40, sequence).u8(48, special).u8(49, relays).u8(50, inputs);
        byte[] frame = out.bytes();
        time.ifPresent(now -> putTime(frame, now));
        return frame;
    }

    /** @throws FrameException if it is no status */
    public static Status decode(byte[] frame) {
        Frame in = Frame.of(Function.GET_STATUS, frame);
        return new Status(
                in.serial(),
                in.u32(8) == 0 ? Optional.empty() : Optional.of(BoardEvent.read(in)),
                flags(in, 28),
                flags(in, 32),
                in.u8(36),
                time(frame),
                in.u32(40),
                in.u8(48),
                in.u8(49),
                in.u8(50));
    }

    private static List<Boolean> flags(Frame in, int at) {
        return IntStream.range(at, at + Doors.COUNT).mapToObj(in::flag).toList();
    }

    private static Optional<LocalDateTime> time(byte[] frame) {
        return Bcd.shortDate(frame, 51).map(day -> day.atTime(Bcd.time(frame, 37)));
    }

    private static void putTime(byte[] frame, LocalDateTime now) {
        LocalDate day = now.toLocalDate();
        Bcd.put(frame, 51, day.getYear() % 100, 1);
        Bcd.put(frame, 52, day.getMonthValue(), 1);
        Bcd.put(frame, 53, day.getDayOfMonth(), 1);
        Bcd.putTime(frame, 37, now.toLocalTime());
    }
}
