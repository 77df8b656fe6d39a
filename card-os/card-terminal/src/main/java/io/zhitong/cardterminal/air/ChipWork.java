package io.zhitong.cardterminal.air;

import io.zhitong.cardspec.CommandApdu;

/**
 * Work of a chip (芯片计算量).
 *
 * @param blocks of SM4 (or 3DES)
 * @param multiplications of a point of the SM2 curve
 * @param writes program or erase operations of a memory unit
 */
public record ChipWork(int blocks, int multiplications, long writes) {
    /** None. */
    public static final ChipWork NONE = new ChipWork(0, 0, 0);

    private static final int PRIVATE_DATA = 215;
    private static final int BLOCK = 16;

    /** What the formulas of docs/card.md ask of the chip for this command; the table stands in docs/performance.md. */
    static ChipWork of(CommandApdu command) {
        return switch (command.ins()) {
            case 0x50 -> blocks(command.p1() == 0x00 || command.p1() == 0x05 || command.p1() == 0x04 ? 2 : 0);
            case 0x52 -> blocks(4);
            case 0x54 -> blocks(command.p1() == 0x03 ? 4 : 6);
            case 0x58 -> blocks(4);
            case 0x70 -> blocks(4);
            case 0x72, 0x1A -> blocks(1);
            case 0x82 -> blocks(1);
            case 0x88 -> blocks(1);
            case 0x8A -> authenticate(command);
            case 0xFA -> blocks(1 + command.data().length / BLOCK + 1);
            default -> NONE;
        };
    }

    /** Fast: CMAC over seven blocks with its subkey. Sealed: GCM over 185 bytes and, for private, the reader's part. */
    private static ChipWork authenticate(CommandApdu command) {
        if (command.p1() == 0x01) {
            return blocks(8);
        }
        return new ChipWork(14, command.data().length == PRIVATE_DATA ? 6 : 3, 0);
    }

    private static ChipWork blocks(int n) {
        return new ChipWork(n, 0, 0);
    }

    ChipWork plus(ChipWork other) {
        return new ChipWork(blocks + other.blocks, multiplications + other.multiplications, writes + other.writes);
    }

    ChipWork withWrites(long counted) {
        return new ChipWork(blocks, multiplications, counted);
    }
}
