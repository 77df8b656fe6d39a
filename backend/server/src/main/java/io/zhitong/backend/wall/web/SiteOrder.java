package io.zhitong.backend.wall.web;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PlaceOrder;
import io.zhitong.smcrypto.ByteWriter;
import java.time.Instant;

/** What an operator may order for the whole site or one area of it (全区指令). */
enum SiteOrder {
    THREAT(CommandKind.THREAT),
    LOCK_DOWN(CommandKind.LOCK_DOWN),
    UNLOCK(CommandKind.UNLOCK),
    RELEASE(CommandKind.RELEASE),
    FIRE(CommandKind.FIRE),
    FIRE_RESET(CommandKind.FIRE_RESET),
    AMNESTY(CommandKind.AMNESTY);

    private static final int MOST_LEVEL = 255;
    private static final int MOST_NUMBER = 0xFFFF;

    private final CommandKind kind;

    SiteOrder(CommandKind kind) {
        this.kind = kind;
    }

    CommandKind kind() {
        return kind;
    }

    /** Whether that number means something to this order: a level, a fire zone, a holder. */
    boolean takes(long number) {
        return switch (this) {
            case THREAT -> number <= MOST_LEVEL;
            case FIRE -> number >= 1 && number <= MOST_NUMBER;
            case FIRE_RESET -> number <= MOST_NUMBER;
            case AMNESTY -> true;
            case LOCK_DOWN, UNLOCK, RELEASE -> number == 0;
        };
    }

    /**
     * @param area 0 = everywhere
     * @param end 1970 = until ordered otherwise
     */
    Octets arguments(long number, int area, Instant end) {
        return switch (this) {
            case FIRE, FIRE_RESET ->
                Octets.of(new ByteWriter().u16((int) number).toByteArray());
            case AMNESTY -> Octets.of(new ByteWriter().u32(number).toByteArray());
            case THREAT, LOCK_DOWN, UNLOCK, RELEASE ->
                new PlaceOrder((int) number, area, end.getEpochSecond()).encode();
        };
    }
}
