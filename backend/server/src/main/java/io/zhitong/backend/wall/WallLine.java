package io.zhitong.backend.wall;

/**
 * One event in words, as the wall shows it (事件行).
 *
 * @param position of the event, the stream's event id
 * @param time of day in the community's zone, HH:mm:ss
 * @param date ISO date in the community's zone
 * @param tone how it is to be read; the text says it too
 * @param what happened, for example 放行
 * @param where point or device
 * @param who holder or empty
 * @param detail reason, method, amount; may be empty
 */
public record WallLine(
        long position, String time, String date, Tone tone, String what, String where, String who, String detail) {
    /** Decides sign and colour. */
    public enum Tone {
        GRANTED,
        DENIED,
        ALARM,
        PAYMENT,
        PLAIN
    }
}
